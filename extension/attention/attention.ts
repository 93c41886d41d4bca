/**
 * @file The one attention panel of a window: opens it, restores it, tells it what becomes of run
 * and selection. It opens no playground: only the user does.
 */
import * as vscode from 'vscode';
import type { NumberedText } from '../../webview/protocol/attentionApi';
import type { LookedToken } from '../../webview/protocol/generationApi';
import type { Engine } from '../engine/engine';
import type { SelectedPlace } from '../engine/selectedPlace';
import { Disposable } from '../lifetime';
import type { Messages } from '../messages';
import { closeOrphans } from '../pages/orphans';
import { selectionSchema } from '../pages/selectionSchema';
import { Telling } from '../pages/telling';
import type { Playground } from '../playground/playground';
import type { PlaygroundEndpoint } from '../playground/playgroundPanel';
import { attentionHandlers } from './attentionHandlers';
import { AttentionPanel, attentionViewType, type AttentionPanelOptions } from './attentionPanel';
import { attentionValidators } from './attentionValidators';
import { attentionView } from './attentionView';
import { WrittenText } from './writtenText';

export interface AttentionParts {
  readonly context: vscode.ExtensionContext;
  readonly playground: Playground;
  readonly engine: Engine;
  readonly selected: SelectedPlace;
  readonly messages: Messages;
  readonly log: vscode.LogOutputChannel;
}

export class Attention extends Disposable {
  private readonly parts: AttentionParts;
  private readonly written = new WrittenText();
  private given: NumberedText | undefined;
  /** How many texts other views have sent. */
  private givenTexts = 0;
  private panel: AttentionPanel | undefined;
  private readonly telling = this.register(
    new Telling(() => {
      this.panel?.endpoint.latest('view', () => this.view());
    }),
  );
  private restoring = true;

  constructor(parts: AttentionParts) {
    super();
    this.parts = parts;
    const { engine, selected, messages, log } = parts;
    this.register(
      engine.onDidChange(() => {
        this.tell();
      }),
    );
    this.register(
      selected.onDidChange(() => {
        this.tell();
      }),
    );
    this.register(
      vscode.window.registerWebviewPanelSerializer(attentionViewType, {
        deserializeWebviewPanel: (panel) => {
          if (this.panel !== undefined || !this.restoring) panel.dispose();
          else this.adopt(AttentionPanel.restore(panel, this.options()));
          return Promise.resolve();
        },
      }),
    );
    this.register(
      vscode.commands.registerCommand(
        'transformerPlayground.showAttention',
        async (...args: unknown[]) => {
          log.debug('Command showAttention');
          await messages.attempt(() => this.show(args[0]));
        },
      ),
    );
    this.register({
      dispose: () => {
        this.panel?.close();
      },
    });
  }

  /** Listens to a playground's engine, now and in its later lives. */
  follow(endpoint: PlaygroundEndpoint): void {
    this.written.clear();
    endpoint.on('sample', (sample) => {
      this.written.addSample(sample);
      this.tell();
    });
    endpoint.on('generated', (piece) => {
      this.written.addPiece(piece);
      this.tell();
    });
    endpoint.on('moment', (summary) => {
      this.panel?.endpoint.emit('moment', summary);
    });
    endpoint.on('facts', () => {
      // Tokens of another run mean something else, or nothing.
      this.given = undefined;
      this.written.clear();
      this.tell();
    });
  }

  /** Shows where a token of another view's text looks, in the attention that has this path. */
  async showToken({ prompt, after }: LookedToken, path: string): Promise<void> {
    this.givenTexts += 1;
    this.given = { number: this.givenTexts, text: { from: 'model', prompt, after } };
    await this.open();
    this.parts.selected.select({ path }, 'generation');
    this.tell();
  }

  /** Shows the panel, with a place selected if a link named one. */
  private async show(argument: unknown): Promise<void> {
    const selection = selectionSchema.safeParse(argument);
    if (selection.success) this.parts.selected.select(selection.data, 'command');
    await this.open();
  }

  private async open(): Promise<void> {
    if (this.panel === undefined) await this.makePlace();
    const panel = this.panel ?? this.adopt(AttentionPanel.create(this.options()));
    panel.reveal();
  }

  /** A panel that is restored while its tab is being closed would be gone in a moment. */
  private async makePlace(): Promise<void> {
    this.restoring = false;
    try {
      await closeOrphans(attentionViewType);
    } finally {
      this.restoring = true;
    }
  }

  private options(): AttentionPanelOptions {
    const { context, messages } = this.parts;
    return {
      extensionUri: context.extensionUri,
      onError: (error) => void messages.remember(error),
      onClosed: () => {
        this.panel = undefined;
      },
    };
  }

  private adopt(panel: AttentionPanel): AttentionPanel {
    this.panel = panel;
    const view = (): ReturnType<typeof attentionView> => this.view();
    panel.endpoint.serve(attentionHandlers({ ...this.parts, view }), attentionValidators);
    return panel;
  }

  private view(): ReturnType<typeof attentionView> {
    const { engine, selected } = this.parts;
    return attentionView({
      state: engine.state,
      runName: engine.runName,
      selection: selected.current,
      written: this.written.current,
      given: this.given,
    });
  }

  /** Phase, run and selection at once, steps and texts a few times a second. */
  private tell(): void {
    if (this.panel === undefined) return;
    const { run, phase, selection, given } = this.view();
    this.telling.tell([phase, run?.runId, selection, given?.number]);
  }
}
