/**
 * @file What the user and the page ask for, with the questions that have to be asked first: one run
 * at a time, and no run that another window trains. Commands and the page's handlers end here.
 */
import * as vscode from 'vscode';
import { configForText, defaultPreset } from '../../webview/config/presets';
import type { RunConfig } from '../../webview/config/run';
import type { PlaygroundView } from '../../webview/protocol/playgroundApi';
import type { TextSource } from '../datasets/decodeText';
import { chooseText, readAgain, textForCommand, type KnownText } from '../datasets/readText';
import { refuseShortText } from '../datasets/refuseShortText';
import { Disposable } from '../lifetime';
import { literalText } from '../literalText';
import type { Playground } from '../playground/playground';
import type { Messages } from '../messages';
import { Refusal } from '../refusal';
import type { Resumption } from '../runs/resumption';
import type { RunStore } from '../runs/runStore';
import type { StoredRun } from '../runs/storedRun';
import { Continuables, type Continuable } from './continuable';
import type { Engine } from './engine';
import { RunChooser, type RunChoice } from './runChooser';
import { playgroundView } from './view';
import { Watching } from './watching';

export class Session extends Disposable {
  private readonly playground: Playground;
  private readonly engine: Engine;
  private readonly store: RunStore;
  private readonly messages: Messages;
  private readonly chooser: RunChooser;
  private readonly watching: Watching;
  /** The text of the last run on one, or chosen since: what the page's Train takes. */
  private lastText: KnownText | undefined;
  private readonly continuables: Continuables;

  constructor(playground: Playground, engine: Engine, store: RunStore, messages: Messages) {
    super();
    this.playground = playground;
    this.engine = engine;
    this.store = store;
    this.messages = messages;
    this.chooser = new RunChooser(store, messages);
    this.watching = this.register(
      new Watching(() => {
        this.showView();
      }),
    );
    this.continuables = this.register(
      new Continuables(
        store,
        () => {
          this.showView();
        },
        (error) => {
          messages.remember(error);
        },
      ),
    );
    this.register(
      engine.onNews(({ kind }) => {
        // What ended can be resumed, as soon as it is on disk.
        if (kind === 'ended' || kind === 'failed') this.showView();
      }),
    );
    this.register(
      engine.onDidChange(({ phase }) => {
        // Without a run that is trained there is no news of one, but the page says what is left.
        if (phase === 'failed' && engine.run?.isLive !== true) this.showView();
      }),
    );
  }

  /**
   * What the page draws: the run in the engine, another window's, or the one that could be resumed,
   * with its curve.
   */
  async view(): Promise<PlaygroundView> {
    const watched = this.watching.history;
    // A watched run whose window has just let go of it: nothing is offered until the end of
    // watching is told.
    const left = watched === undefined ? await this.left() : undefined;
    const { run } = this.engine;
    // A run that could not start has no history, and another one's is not to be taken for it.
    const shown = this.shownOf(left);
    const own = run === undefined ? await shown?.history() : run.history;
    return playgroundView({
      run,
      history: watched ?? own,
      resumable: left?.isFree === true ? left.run.summary : undefined,
      claimed: left?.isFree === false ? left.run.summary : undefined,
      textName: this.lastText?.text.name ?? shown?.record.text,
      watching: watched !== undefined,
    });
  }

  /** Sends the page its view again. */
  showView(): void {
    const { endpoint } = this.playground;
    endpoint?.latest('view', () => this.view());
  }

  /** The default model on the built-in stories. */
  async trainTiny(): Promise<void> {
    await this.train(defaultPreset.config, undefined);
  }

  /** The default model for a text, on a file, a document or a selection. */
  async trainOnText(uri: vscode.Uri | undefined, fromExplorer: boolean): Promise<void> {
    const known = await textForCommand(uri, fromExplorer);
    await this.train(configForText(known.text.name), known);
  }

  /**
   * A configuration that the page made. A text is the one that the page's view names, as it stands
   * now, or else the user is asked for it.
   */
  async trainConfigured(config: RunConfig): Promise<void> {
    if (config.data.source === 'stories') {
      await this.train(config, undefined);
      return;
    }
    const last = this.lastText ?? (await this.textLeft());
    if (last !== undefined) {
      const { known, notice } = await readAgain(last);
      await this.train(config, known, notice);
      return;
    }
    const chosen = await chooseText();
    if (chosen !== undefined) await this.train({ ...config, name: chosen.text.name }, chosen);
  }

  /** Lets the user choose the text that the page's Train takes. */
  async chooseText(): Promise<void> {
    this.lastText = (await chooseText()) ?? this.lastText;
    this.showView();
  }

  /** Continues the run written last, or the newest before it that can go on here. */
  async resumeLast(): Promise<void> {
    await this.resume(() => this.chooser.newest());
  }

  /** Continues a certain run: the one that was offered, whatever was trained since. */
  async resumeRun(runId: string): Promise<void> {
    await this.resume(() => this.chooser.byId(runId));
  }

  /** Continues the run that the user picks of all that are saved. */
  async resumeAnother(): Promise<void> {
    await this.resume(() => this.chooser.picked());
  }

  private async resume(choose: () => Promise<RunChoice>): Promise<void> {
    this.requireFree();
    await this.engine.settled();
    const choice = await this.orShowView(choose());
    switch (choice.kind) {
      case 'found':
        await this.continue(choice.found);
        break;
      case 'owned':
        await this.offerToWatch(choice.stored);
        break;
      case 'cancelled':
        break;
      default:
        choice satisfies never;
    }
  }

  /** Where there is nothing to resume, the page may have offered it. */
  private async orShowView<T>(choice: Promise<T>): Promise<T> {
    try {
      return await choice;
    } catch (error) {
      this.showView();
      throw error;
    }
  }

  /**
   * What there is to continue, free or not: the run that the page shows before any newer one.
   */
  private async left(): Promise<Continuable | undefined> {
    if (this.engine.isBusy) return undefined;
    await this.engine.settled();
    return this.continuables.find(this.engine.run?.id);
  }

  /**
   * The run of the page. What a window has claimed is not, but on a page that VS Code brought back:
   * it showed that run, and its own window of before a reload cannot say that it is gone.
   */
  private shownOf(left: Continuable | undefined): StoredRun | undefined {
    return left?.isFree === true || this.playground.isRestored ? left?.run : undefined;
  }

  /** The copy of the run that the page shows. */
  private async textLeft(): Promise<KnownText | undefined> {
    const text = await this.shownOf(await this.left())?.readText();
    return text && { text };
  }

  /** `notice` is told once nothing stands in the way. */
  private async train(
    config: RunConfig,
    known: KnownText | undefined,
    notice?: string,
  ): Promise<void> {
    const text = known?.text;
    if (this.engine.isBusy && text !== undefined) refuseShortText(config, text);
    // Where there is room nothing is awaited: the command that comes next finds the run announced.
    // Of two that waited for one stop, the second is asked about the run of the first.
    while (this.engine.isBusy) {
      if (!(await this.makeRoom())) return;
    }
    this.watching.stop();
    this.lastText = known ?? this.lastText;
    if (notice !== undefined) this.messages.information(notice);
    await this.thenShowIdle(this.engine.begin(config, text));
  }

  private requireFree(): void {
    if (this.engine.isBusy) {
      throw new Refusal({
        code: 'run-active',
        message: vscode.l10n.t('“{0}” is in the engine already.', this.engine.runName),
        remedy: vscode.l10n.t(
          'Stop it first, or go on with “Transformer: Resume Training” if it is paused.',
        ),
      });
    }
  }

  private async continue({ stored, text, checkpoint }: Resumption): Promise<void> {
    // It took time to get here: another run may have been begun.
    this.requireFree();
    this.watching.stop();
    if (text !== undefined) this.lastText = this.whereRead(stored, text);
    // A finished run is loaded to write texts; there is nothing left to train.
    const paused = checkpoint.step >= stored.config.training.steps;
    await this.thenShowIdle(this.engine.continue({ stored, text, checkpoint, paused }));
  }

  /** A run's copy of its text, with where that was read if the run was this window's last one. */
  private whereRead({ id }: StoredRun, text: TextSource): KnownText {
    const isLast = this.engine.run?.id === id && this.lastText?.text.name === text.name;
    const uri = isLast ? this.lastText?.uri : undefined;
    return { text, ...(uri === undefined ? {} : { uri }) };
  }

  /** What did not get into the engine leaves the page with what there was to resume before. */
  private async thenShowIdle(loaded: Promise<void>): Promise<void> {
    try {
      await loaded;
    } finally {
      if (!this.engine.isBusy) this.showView();
    }
  }

  /** Asks what becomes of the run in the engine. False if the user keeps it. */
  private async makeRoom(): Promise<boolean> {
    const { message, detail, stop } = this.stopQuestion();
    const answer = await vscode.window.showWarningMessage(message, { modal: true, detail }, stop);
    if (answer !== stop) return false;
    await this.engine.makeFree();
    return true;
  }

  /**
   * What stopping the run in the engine means. It goes on while the question stands: one that is
   * being loaded has no last step yet, but may have one when the answer comes.
   */
  private stopQuestion(): { message: string; detail: string; stop: string } {
    const { runName } = this.engine;
    const { phase } = this.engine.state;
    if (phase === 'loading') {
      return {
        message: vscode.l10n.t(
          '“{0}” has just been started. Stop it and train another model?',
          runName,
        ),
        detail: vscode.l10n.t(
          'What was saved of it before stays. Once it has trained a step it is kept at its last one. Go on with it later by “Transformer: Resume Another Run”.',
        ),
        stop: vscode.l10n.t('Stop It'),
      };
    }
    return {
      message:
        phase === 'paused'
          ? vscode.l10n.t('“{0}” is paused. Stop it and train another model?', runName)
          : vscode.l10n.t('“{0}” is being trained. Stop it and train another model?', runName),
      detail: vscode.l10n.t(
        'A stopped run is kept at its last step. Go on with it later by “Transformer: Resume Another Run”.',
      ),
      stop: vscode.l10n.t('Stop and Keep It'),
    };
  }

  private async offerToWatch(stored: StoredRun): Promise<void> {
    const watch = vscode.l10n.t('Watch It Here');
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t(
        '“{0}” is being trained in another window, so it cannot be resumed here. You can watch it, or go on in that window.',
        literalText(stored.config.name),
      ),
      watch,
    );
    if (answer !== watch) return;
    // The message may stand for hours: a run of this window's has been begun since, perhaps.
    this.requireFree();
    await this.playground.open();
    this.requireFree();
    await this.watching.start(stored, this.store.ownership(stored));
  }
}
