/**
 * @file The generation view of a window, in a side bar: fills it when VS Code shows it, tells it
 * what becomes of the run. It opens no playground: only the user does.
 */
import * as vscode from 'vscode';
import { Endpoint } from '../../webview/protocol/endpoint';
import { protocolVersion } from '../../webview/protocol/engineApi';
import type {
  GenerationHostApi,
  GenerationPageApi,
  GenerationView,
  LookedToken,
} from '../../webview/protocol/generationApi';
import { webviewPort } from '../../webview/protocol/port';
import type { Attention } from '../attention/attention';
import type { Engine } from '../engine/engine';
import type { Inspection } from '../engine/inspection';
import { Disposable } from '../lifetime';
import type { Messages } from '../messages';
import { createNonce, pageHtml } from '../pages/html';
import { Telling } from '../pages/telling';
import type { Playground } from '../playground/playground';
import type { PlaygroundEndpoint } from '../playground/playgroundPanel';
import type { RunStore } from '../runs/runStore';
import { generationHandlers } from './generationHandlers';
import { generationValidators } from './generationValidators';
import { generationView, lastPattern } from './generationView';

export const generationViewType = 'transformerPlayground.generation';

type GenerationEndpoint = Endpoint<GenerationHostApi, GenerationPageApi>;

export interface GenerationParts {
  readonly context: vscode.ExtensionContext;
  readonly playground: Playground;
  readonly engine: Engine;
  readonly store: RunStore;
  readonly inspection: Inspection;
  readonly attention: Attention;
  readonly messages: Messages;
  readonly log: vscode.LogOutputChannel;
}

export class Generation extends Disposable {
  private readonly parts: GenerationParts;
  private readonly writing = new Set<string>();
  private endpoint: GenerationEndpoint | undefined;
  private resumable = false;
  private readonly telling = this.register(
    new Telling(() => {
      this.endpoint?.latest('view', () => this.view());
    }),
  );

  constructor(parts: GenerationParts) {
    super();
    this.parts = parts;
    const { engine, inspection, messages, log } = parts;
    this.register(
      engine.onDidChange(() => {
        this.tell();
      }),
    );
    this.register(
      inspection.onDidChange(() => {
        this.tell();
      }),
    );
    this.register(
      engine.onNews(() => {
        this.lookForRuns();
      }),
    );
    this.register(
      vscode.window.registerWebviewViewProvider(
        generationViewType,
        {
          resolveWebviewView: (view) => {
            this.fill(view);
          },
        },
        // What was written stays while the side bar shows something else.
        { webviewOptions: { retainContextWhenHidden: true } },
      ),
    );
    this.register(
      vscode.commands.registerCommand('transformerPlayground.openGeneration', async () => {
        log.debug('Command openGeneration');
        await messages.attempt(() => vscode.commands.executeCommand(`${generationViewType}.focus`));
      }),
    );
  }

  /** Listens to a playground's engine, now and in its later lives. */
  follow(endpoint: PlaygroundEndpoint): void {
    endpoint.on('generated', (piece) => {
      if (this.writing.has(piece.id)) this.endpoint?.emit('generated', piece);
    });
  }

  private fill(view: vscode.WebviewView): void {
    const { context, messages } = this.parts;
    const { webview } = view;
    const dist = vscode.Uri.joinPath(context.extensionUri, 'dist');
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    const endpoint: GenerationEndpoint = new Endpoint(webviewPort(webview), {
      name: 'host',
      protocolVersion,
      onError: (error) => void messages.remember(error),
    });
    this.endpoint = endpoint;
    const seen = view.onDidChangeVisibility(() => {
      endpoint.emit('visibility', { visible: view.visible });
    });
    view.onDidDispose(() => {
      seen.dispose();
      endpoint.dispose();
      if (this.endpoint === endpoint) this.endpoint = undefined;
    });
    const { playground, log } = this.parts;
    endpoint.serve(
      generationHandlers({
        playground,
        log,
        writing: this.writing,
        view: () => this.view(),
        greet: () => {
          this.lookForRuns();
        },
        showAttention: (looked) => this.showAttention(looked),
      }),
      generationValidators,
    );
    webview.html = pageHtml({
      name: 'generation',
      source: webview.cspSource,
      dist: webview.asWebviewUri(dist).toString(),
      nonce: createNonce(),
      title: vscode.l10n.t('Generation'),
    });
  }

  private view(): GenerationView {
    const { engine, inspection } = this.parts;
    return generationView({
      state: engine.state,
      runName: engine.runName,
      resumable: this.resumable,
      paths: inspection.paths,
    });
  }

  private tell(): void {
    if (this.endpoint === undefined) return;
    const { run, phase, activity, resumable, attends } = this.view();
    this.telling.tell([phase, run?.runId, activity, resumable, attends]);
  }

  /** Whether there is a run to continue takes a look at the disk. */
  private lookForRuns(): void {
    const { store, messages } = this.parts;
    if (this.endpoint === undefined) return;
    void messages.attempt(async () => {
      this.resumable = (await store.newestToContinue()) !== undefined;
      this.tell();
    });
  }

  private async showAttention(looked: LookedToken): Promise<void> {
    const { attention, inspection } = this.parts;
    const path = lastPattern(inspection.paths);
    if (path !== undefined) await attention.showToken(looked, path);
  }
}
