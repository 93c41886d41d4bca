/**
 * @file The engine as the host sees it: one run at a time in the playground's worker, which may go
 * away at any moment. Follows the engine's state, keeps the run on disk and brings it back. Shows
 * nothing itself.
 */
import * as vscode from 'vscode';
import { PlaygroundError } from '../../webview/config/errors';
import type { RunConfig } from '../../webview/config/run';
import type { EngineState, Snapshot } from '../../webview/protocol/engineApi';
import { toPlaygroundError } from '../../webview/protocol/errors';
import { formatCount } from '../../webview/config/counts';
import type { TextSource } from '../datasets/decodeText';
import { fileFailure } from '../fileTrouble';
import { Disposable } from '../lifetime';
import type { Playground } from '../playground/playground';
import type { PlaygroundEndpoint } from '../playground/playgroundPanel';
import { Refusal } from '../refusal';
import type { RunState } from '../runs/runRecord';
import type { RunStore } from '../runs/runStore';
import type { Checkpoint, StoredRun } from '../runs/storedRun';
import { ActiveRun, type RunListener } from './activeRun';
import { RunLoader } from './loader';
import type { EngineNews } from './news';
import { allows, isBusy, requirePhase } from './phase';
import { withPage } from './withPage';

/** A run to continue. */
export interface Continuation {
  readonly stored: StoredRun;
  readonly text: TextSource | undefined;
  readonly checkpoint: Checkpoint;
  readonly paused: boolean;
}

type FailedState = EngineState & { readonly phase: 'failed' };

/** A run whose engine is gone, and how it goes on in the next one. */
interface Recovery {
  readonly run: ActiveRun;
  readonly endpoint: PlaygroundEndpoint;
  readonly paused: boolean;
  readonly cause: 'page' | 'device';
  /** Steps lost already. */
  readonly lost?: number;
}

export class Engine extends Disposable {
  private readonly playground: Playground;
  private readonly store: RunStore;
  private readonly report: (error: unknown) => void;
  private readonly changed = this.register(new vscode.EventEmitter<EngineState>());
  private readonly progressed = this.register(new vscode.EventEmitter<ActiveRun>());
  private readonly happened = this.register(new vscode.EventEmitter<EngineNews>());
  private current: EngineState = { phase: 'idle' };
  private active: ActiveRun | undefined;
  /** Settles when the run that was let go last has written its last. */
  private ending: Promise<void> = Promise.resolve();
  /** Settles when the engine has answered what was asked of it last. */
  private answered: Promise<unknown> = Promise.resolve();
  private readonly loader: RunLoader;

  /** The state changed: phase, run or step. */
  readonly onDidChange = this.changed.event;
  /** The run has measured something. */
  readonly onDidProgress = this.progressed.event;
  readonly onNews = this.happened.event;

  /** `report` logs what needs no message. */
  constructor(playground: Playground, store: RunStore, report: (error: unknown) => void) {
    super();
    this.report = report;
    this.playground = playground;
    this.store = store;
    this.loader = new RunLoader({
      state: () => this.current,
      become: (state) => {
        this.become(state);
      },
      end: (run, state) => this.end(run, state),
      fail: (run, error) => this.failed(run, error),
      report,
    });
    this.register({ dispose: () => this.active?.dispose() });
  }

  get state(): EngineState {
    return this.current;
  }

  /** The run in the engine, or the one that was in it last. */
  get run(): ActiveRun | undefined {
    return this.active;
  }

  /** The name of the run in the engine, or of the one on its way. */
  get runName(): string {
    return this.current.phase === 'loading' ? this.loader.name : (this.active?.name ?? '');
  }

  get isBusy(): boolean {
    return isBusy(this.current.phase);
  }

  /** Trains a new run. Rejects with what keeps it from the engine; what fails there is news. */
  async begin(config: RunConfig, text: TextSource | undefined): Promise<void> {
    await this.loader.load(config.name, async (signal) => {
      const creating = this.store.create(config, text);
      const { endpoint, stored } = await withPage(this.playground, creating, signal);
      const run = await this.hold(stored, text);
      await this.loader.start(endpoint, run, { paused: false, signal });
    });
  }

  /** Continues a run from a checkpoint. Rejects with 'run-owned' if a living window trains it. */
  async continue({ stored, text, checkpoint, paused }: Continuation): Promise<void> {
    await this.loader.load(stored.config.name, async (signal) => {
      const endpoint = await this.playground.open(signal);
      const run = await this.hold(stored, text);
      await this.orFailed(run, run.continueFrom(checkpoint.step));
      await this.loader.start(endpoint, run, { paused, signal, checkpoint: checkpoint.bytes });
    });
  }

  async control(what: 'pause' | 'resume' | 'step' | 'stop'): Promise<void> {
    // What was asked before may be about to make it possible: Resume directly after Pause.
    if (!allows(what, this.current.phase)) await this.answered;
    requirePhase(what, this.current.phase);
    if (this.current.phase === 'loading') {
      // The engine may not have heard of the run yet, so that only the load can be stopped.
      await this.loader.stop();
      return;
    }
    const endpoint = this.playground.endpoint;
    if (endpoint === undefined) return;
    const run = this.active;
    const answer = endpoint.request(what, null).then((state) => {
      // Of two who stopped a run, the first may have another one on its way already.
      if (this.active === run && this.current.phase !== 'loading') this.enter(state);
    });
    this.answered = Promise.allSettled([answer]);
    await answer;
  }

  /** Ends the run in the engine, if there still is one. */
  async makeFree(): Promise<void> {
    if (this.isBusy) await this.control('stop');
  }

  /** Resolves when all that was trained before is on disk, to be read again. */
  async settled(): Promise<void> {
    await this.ending;
  }

  /** Writes a checkpoint now. Resolves with the run and its step. */
  async saveCheckpoint(): Promise<{ stored: StoredRun; step: number }> {
    requirePhase('save', this.current.phase);
    const { endpoint } = this.playground;
    const run = this.active;
    if (endpoint === undefined || run === undefined) throw noRun();
    const snapshot = await endpoint.request('snapshot', { reason: 'request' });
    let isStored: boolean;
    try {
      isStored = await run.storeNow(snapshot);
    } catch (error) {
      const step = formatCount(snapshot.step);
      const what = vscode.l10n.t('The checkpoint of step {0} could not be saved', step);
      throw fileFailure('checkpoint-not-saved', what, error);
    }
    if (!isStored) throw ownedElsewhere(run.name);
    endpoint.emit('stored', { runId: run.id });
    return { stored: run.stored, step: snapshot.step };
  }

  /**
   * Takes a snapshot of the engine's. Acknowledges also what could not be written, or may not since
   * another window has the run: the user is told.
   */
  async storeSnapshot(snapshot: Snapshot): Promise<void> {
    const run = this.active;
    if (run?.id !== snapshot.runId) throw noRun();
    await run.store(snapshot);
    await this.store.pruneSometimes();
  }

  /** Listens to a panel's engine, now and in its later lives. */
  follow(endpoint: PlaygroundEndpoint): void {
    endpoint.on('state', (state) => {
      this.enter(state);
    });
    endpoint.on('facts', (facts) =>
      this.isOf(facts.runId) ? this.active?.loaded(facts) : undefined,
    );
    endpoint.on('metrics', (points) => {
      if (this.active === undefined) return;
      this.active.addMetrics(points);
      this.progressed.fire(this.active);
    });
    endpoint.on('sample', ({ sample }) => {
      this.active?.addSample(sample);
    });
    endpoint.on('moment', (moment) => {
      if (this.isOf(moment.runId)) this.active?.addMoment(moment);
    });
  }

  /**
   * A page has started. If a run was live, its engine is gone: winds it back to its last snapshot
   * and returns how to continue it, to be called when the page has its answer.
   */
  pageStarted(endpoint: PlaygroundEndpoint): (() => Promise<void>) | undefined {
    const run = this.active;
    if (run?.isLive !== true) {
      if (!this.isBusy) this.enter({ phase: 'idle' });
      return undefined;
    }
    const paused = this.current.phase === 'paused';
    const lost = run.rewind();
    return () => this.recover({ run, endpoint, paused, cause: 'page', lost });
  }

  /**
   * The panel is gone, and the engine with it. So is a run of which nothing is kept: the next page
   * does not show it.
   */
  async pageClosed(): Promise<void> {
    const run = this.active;
    this.loader.abandon();
    this.become({ phase: 'idle' });
    if (run === undefined) return;
    const { isLive, step } = run;
    const lost = isLive ? run.rewind() : 0;
    this.ending = this.leave(run);
    await this.ending;
    if (isLive) this.happened.fire({ kind: 'closed', run, step, lost });
  }

  /** The window closes or reloads: gives the run free, so that it can be resumed at once. */
  async windowCloses(): Promise<void> {
    await this.active?.leave();
  }

  private readonly listener: RunListener = {
    onNotSaved: (run, error) => {
      this.happened.fire({ kind: 'not-saved', run, error });
    },
    onTaken: (run) => {
      this.happened.fire({ kind: 'taken', run });
      void this.playground.endpoint?.request('stop', null).catch(this.report);
    },
    report: (error) => {
      this.report(error);
    },
  };

  private async hold(stored: StoredRun, text: TextSource | undefined): Promise<ActiveRun> {
    const run = new ActiveRun(stored, text, this.store.ownership(stored), this.listener);
    const other = await run.claim();
    if (other !== undefined) throw ownedElsewhere(run.name);
    this.active?.dispose();
    this.active = run;
    return run;
  }

  private isOf(runId: string | undefined): boolean {
    return this.active !== undefined && this.active.id === runId;
  }

  /** Whether a run is the engine's still: it may have been let go while something was awaited. */
  private holds(run: ActiveRun): boolean {
    return this.active === run && run.isLive;
  }

  /** Takes a state that the engine reports. */
  private enter(state: EngineState): void {
    const run = this.active;
    const { phase } = this.current;
    this.become(state);
    if (run?.isLive !== true) return;
    switch (state.phase) {
      case 'training':
      case 'paused':
        if (state.runId !== run.id) return;
        run.reached(state.step);
        void run.entered(state.phase);
        break;
      case 'idle':
        if (state.last?.runId === run.id) void this.ended(run, state.last.outcome);
        break;
      case 'failed':
        if (!this.loader.isStarting) void this.broke(run, state, phase === 'paused');
        break;
      case 'loading':
        break;
      default:
        state satisfies never;
    }
  }

  /** Lets go of a run. */
  private end(run: ActiveRun, state: RunState): Promise<void> {
    this.ending = this.letGo(run, state);
    return this.ending;
  }

  private async letGo(run: ActiveRun, state: RunState): Promise<void> {
    await run.end(state);
    const failed = await run.rescue((stored, content) => this.store.rescue(stored, content));
    if (failed !== undefined) this.happened.fire({ kind: 'rescued', run, error: failed.error });
  }

  /** Lets go of a run with its page, and forgets one that cannot be resumed. */
  private async leave(run: ActiveRun): Promise<void> {
    await (run.isLive ? this.letGo(run, 'interrupted') : this.ending);
    if (!(await run.isKept()) && this.active === run) this.active = undefined;
  }

  private async ended(run: ActiveRun, outcome: 'finished' | 'stopped'): Promise<void> {
    await this.end(run, outcome);
    this.happened.fire({ kind: 'ended', run, outcome });
  }

  /**
   * A lost graphics device is no fault of the run: it goes on from its last whole checkpoint, or
   * begins again, on what is left.
   */
  private async broke(run: ActiveRun, state: FailedState, paused: boolean): Promise<void> {
    const { endpoint } = this.playground;
    const error = new PlaygroundError(state.failure);
    if (endpoint === undefined || error.code !== 'device-lost') {
      await this.failed(run, error);
      return;
    }
    try {
      await this.recover({ run, endpoint, paused, cause: 'device' });
    } catch (failure) {
      this.happened.fire({ kind: 'failed', run, error: toPlaygroundError(failure) });
    }
  }

  /**
   * Continues a run whose engine is gone, from its first step where no checkpoint is left, unless
   * it is let go while that is looked up.
   */
  private async recover(recovery: Recovery): Promise<void> {
    const { run, endpoint, paused, cause } = recovery;
    if (!this.holds(run)) return;
    await this.loader.load(run.name, async (signal) => {
      const checkpoint = await this.orFailed(run, run.stored.newestCheckpoint());
      if (!this.holds(run)) return;
      const lost = await this.orFailed(run, run.rewindTo(checkpoint?.step ?? 0));
      if (lost === undefined || !this.holds(run)) return;
      this.happened.fire({ kind: 'recovered', run, lost: (recovery.lost ?? 0) + lost, cause });
      await this.loader.start(endpoint, run, {
        paused,
        signal,
        ...(checkpoint === undefined ? {} : { checkpoint: checkpoint.bytes }),
      });
    });
  }

  /** Lets go of a run that cannot go on without what was asked for. */
  private async orFailed<T>(run: ActiveRun, asked: Promise<T>): Promise<T> {
    try {
      return await asked;
    } catch (error) {
      await this.end(run, 'failed');
      throw error;
    }
  }

  private async failed(run: ActiveRun, error: PlaygroundError): Promise<void> {
    await this.end(run, 'failed');
    this.happened.fire({ kind: 'failed', run, error });
  }

  private become(state: EngineState): void {
    this.current = state;
    this.changed.fire(state);
  }
}

function noRun(): PlaygroundError {
  return new PlaygroundError({
    code: 'run-unknown',
    message: vscode.l10n.t('The host does not know this run: it was ended.'),
    remedy: vscode.l10n.t('Start it again with “Transformer: Resume Last Run”.'),
  });
}

function ownedElsewhere(name: string): Refusal {
  return new Refusal({
    code: 'run-owned',
    message: vscode.l10n.t('“{0}” is being trained in another window.', name),
    remedy: vscode.l10n.t(
      'Go on there, or close that window and resume the run here half a minute later.',
    ),
  });
}
