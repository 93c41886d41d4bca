/**
 * @file One playground panel: its document, its end of the conversation, its visibility. Knows
 * nothing of runs.
 */
import * as vscode from 'vscode';
import { webviewPort } from '../../webview/protocol/port';
import { Endpoint } from '../../webview/protocol/endpoint';
import { protocolVersion } from '../../webview/protocol/engineApi';
import type { HostApi, PlaygroundPageApi } from '../../webview/protocol/playgroundApi';
import { Disposable } from '../lifetime';
import { createNonce, pageHtml } from '../pages/html';

export const playgroundViewType = 'transformerPlayground.playground';

export type PlaygroundEndpoint = Endpoint<HostApi, PlaygroundPageApi>;

/** What a panel may show and whom it tells. */
export interface PanelOptions {
  readonly extensionUri: vscode.Uri;
  /** Folders beside the extension's own that the page may read from. */
  readonly readable: readonly vscode.Uri[];
  readonly onError: (error: Error) => void;
  readonly onClosed: () => void;
  /** It has come into sight, or gone from it. */
  readonly onVisibility: () => void;
}

export class PlaygroundPanel extends Disposable {
  readonly endpoint: PlaygroundEndpoint;
  private readonly panel: vscode.WebviewPanel;

  /** Makes a new panel beside nothing: where the user is working. */
  static create(options: PanelOptions): PlaygroundPanel {
    const title = vscode.l10n.t('Transformer Playground');
    const column = vscode.ViewColumn.Active;
    return new PlaygroundPanel(
      vscode.window.createWebviewPanel(playgroundViewType, title, column, {
        ...webviewOptions(options),
        retainContextWhenHidden: true,
      }),
      options,
    );
  }

  /** Fills a panel that VS Code restored. */
  static restore(panel: vscode.WebviewPanel, options: PanelOptions): PlaygroundPanel {
    panel.webview.options = webviewOptions(options);
    return new PlaygroundPanel(panel, options);
  }

  private constructor(panel: vscode.WebviewPanel, options: PanelOptions) {
    super();
    this.panel = panel;
    this.endpoint = this.register(
      new Endpoint<HostApi, PlaygroundPageApi>(webviewPort(panel.webview), {
        name: 'host',
        protocolVersion,
        onError: options.onError,
      }),
    );
    this.register(
      panel.onDidChangeViewState(() => {
        this.endpoint.emit('visibility', { visible: panel.visible });
        options.onVisibility();
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
      name: 'playground',
      source: panel.webview.cspSource,
      dist: panel.webview
        .asWebviewUri(vscode.Uri.joinPath(options.extensionUri, 'dist'))
        .toString(),
      nonce: createNonce(),
      title: panel.title,
    });
  }

  get visible(): boolean {
    return this.panel.visible;
  }

  /** Brings the panel to the front, where it is. */
  reveal(): void {
    this.panel.reveal();
  }
}

/** Set once: changing them later would reload the page and end its engine. */
function webviewOptions({ extensionUri, readable }: PanelOptions): vscode.WebviewOptions {
  const own = ['dist', 'media'].map((folder) => vscode.Uri.joinPath(extensionUri, folder));
  return { enableScripts: true, localResourceRoots: [...own, ...readable] };
}
