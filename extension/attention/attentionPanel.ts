/**
 * @file One attention panel: its document, its end of the conversation, its visibility. Knows
 * nothing of runs.
 */
import * as vscode from 'vscode';
import type { AttentionHostApi, AttentionPageApi } from '../../webview/protocol/attentionApi';
import { Endpoint } from '../../webview/protocol/endpoint';
import { protocolVersion } from '../../webview/protocol/engineApi';
import { webviewPort } from '../../webview/protocol/port';
import { Disposable } from '../lifetime';
import { createNonce, pageHtml } from '../pages/html';

export const attentionViewType = 'transformerPlayground.attention';

export type AttentionEndpoint = Endpoint<AttentionHostApi, AttentionPageApi>;

/** What a panel may show and whom it tells. */
export interface AttentionPanelOptions {
  readonly extensionUri: vscode.Uri;
  readonly onError: (error: Error) => void;
  readonly onClosed: () => void;
}

export class AttentionPanel extends Disposable {
  readonly endpoint: AttentionEndpoint;
  private readonly panel: vscode.WebviewPanel;

  /** Makes a new panel beside what the user looks at: the playground, or a line of the source. */
  static create(options: AttentionPanelOptions): AttentionPanel {
    const title = vscode.l10n.t('Attention');
    const column = vscode.ViewColumn.Beside;
    return new AttentionPanel(
      vscode.window.createWebviewPanel(attentionViewType, title, column, webviewOptions(options)),
      options,
    );
  }

  /** Fills a panel that VS Code restored. */
  static restore(panel: vscode.WebviewPanel, options: AttentionPanelOptions): AttentionPanel {
    panel.webview.options = webviewOptions(options);
    return new AttentionPanel(panel, options);
  }

  private constructor(panel: vscode.WebviewPanel, options: AttentionPanelOptions) {
    super();
    this.panel = panel;
    this.endpoint = this.register(
      new Endpoint<AttentionHostApi, AttentionPageApi>(webviewPort(panel.webview), {
        name: 'host',
        protocolVersion,
        onError: options.onError,
      }),
    );
    this.register(
      panel.onDidChangeViewState(() => {
        this.endpoint.emit('visibility', { visible: panel.visible });
      }),
    );
    this.register(
      panel.onDidDispose(() => {
        this.dispose();
        options.onClosed();
      }),
    );
    const icon = (name: string): vscode.Uri =>
      vscode.Uri.joinPath(options.extensionUri, 'media', name);
    panel.iconPath = { light: icon('playground-light.svg'), dark: icon('playground-dark.svg') };
    panel.webview.html = pageHtml({
      name: 'attention',
      source: panel.webview.cspSource,
      dist: panel.webview
        .asWebviewUri(vscode.Uri.joinPath(options.extensionUri, 'dist'))
        .toString(),
      nonce: createNonce(),
      title: panel.title,
    });
  }

  /** Brings the panel to the front, where it is. */
  reveal(): void {
    this.panel.reveal();
  }

  close(): void {
    this.panel.dispose();
  }
}

function webviewOptions({ extensionUri }: AttentionPanelOptions): vscode.WebviewOptions {
  const dist = vscode.Uri.joinPath(extensionUri, 'dist');
  return { enableScripts: true, localResourceRoots: [dist] };
}
