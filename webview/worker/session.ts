/**
 * @file The engine's one state machine: idle → loading → training ⇄ paused → idle; failed carries
 * reason and remedy. It owns the run and its loop. Must not know how messages travel.
 */
import { failureOf, type PlaygroundError, type Failure } from '../config/errors';
import type { DeviceTrouble } from '../backends/device';
import { yieldToEventLoop } from '../backends/yield';
import type {
  EngineApi,
  EngineState,
  GenerateParams,
  GenerateResult,
  LastRun,
  RunFacts,
  Snapshot,
  SnapshotReason,
  StartRun,
} from '../protocol/engineApi';
import { cancelled } from '../protocol/errors';
import type { ActiveRun } from './activeRun';
import { EngineStates } from './engineStates';
import { deviceFailure } from './health';
import { LostDevice } from './lostDevice';
import { loadRun, type LoadTools } from './loadRun';
import { explainedIn } from './memoryFailure';
import { eventsTo, type EventSink } from './runEvents';
import { SnapshotWriter } from './snapshotWriter';
import { Turns } from './turns';
import { failedAfterEnd, nothingTo, unloadedFor, unsoundFor } from './refusals';
import { write } from './write';

type Events = EngineApi['events'];

/** What a session needs from outside. */
export interface SessionHost extends EventSink {
  readonly asset: (name: string) => Promise<ArrayBuffer>;
  /** Resolves when the snapshot is on disk. */
  readonly storeSnapshot: (snapshot: Snapshot) => Promise<void>;
}

/** How many of the last failures diagnostics show. */
const rememberedErrors = 20;

export class Session {
  readonly #host: SessionHost;
  readonly #states: EngineStates;
  readonly #snapshots: SnapshotWriter;
  readonly #turns = new Turns();
  readonly #errors: Failure[] = [];
  #run: ActiveRun | undefined;
  #loop: Promise<void> = Promise.resolve();
  /** Settles when what is being loaded is loaded or given up. */
  #loading: Promise<unknown> = Promise.resolve();
  #abort = new AbortController();
  /** What the loop does after its current step. */
  #wish: 'train' | 'pause' | 'stop' | 'step' = 'pause';
  /** Single steps that were asked for and not made; counted while the wish is 'step'. */
  #singleSteps = 0;
  #wake: () => void = () => undefined;
  readonly #writing = new Set<Promise<GenerateResult>>();
  readonly #lost = new LostDevice();

  constructor(host: SessionHost) {
    this.#host = host;
    this.#states = new EngineStates((state) => {
      host.emit('state', state);
    });
    this.#snapshots = new SnapshotWriter({
      turns: this.#turns,
      storeSnapshot: host.storeSnapshot,
      tell: (notice) => {
        host.emit('notice', notice);
      },
    });
  }

  get state(): EngineState {
    return this.#states.current;
  }

  get run(): ActiveRun | undefined {
    return this.#run;
  }

  /** The last failures, newest last. */
  get errors(): readonly Failure[] {
    return this.#errors;
  }

  /** Loads a run and begins to train it; what ran or was being loaded before is ended first. */
  start(params: StartRun, signal: AbortSignal): Promise<RunFacts> {
    this.#abort.abort(cancelled('The run before'));
    const abort = new AbortController();
    this.#abort = abort;
    signal.addEventListener('abort', () => {
      abort.abort(cancelled('Loading'));
    });
    const begun = this.#loading.then(() => this.#begin(params, abort.signal));
    this.#loading = Promise.allSettled([begun]);
    return begun;
  }

  async #begin(params: StartRun, signal: AbortSignal): Promise<RunFacts> {
    await this.#end();
    const tools: LoadTools = {
      asset: this.#host.asset,
      signal,
      lost: this.#lost.keepsFrom(params, this.state),
      events: eventsTo(this.#host),
      onProgress: (activity, progress) => {
        const { runId } = params;
        const share = progress === undefined ? {} : { progress };
        this.#states.become({ phase: 'loading', runId, activity, ...share });
      },
    };
    try {
      signal.throwIfAborted();
      tools.onProgress('Starting');
      const run = await loadRun(params, tools);
      this.#run = run;
      if (run.backend.backend === 'webgpu') this.#lost.isBack();
      run.device?.onTrouble((trouble) => {
        this.#deviceFailed(trouble);
      });
      this.#wish = params.paused === true ? 'pause' : 'train';
      this.#snapshots.restart();
      const { facts } = run;
      this.#host.emit('facts', facts);
      const paused = this.#wish === 'pause';
      if (!paused) this.#states.become(this.#phase());
      this.#loop = this.#train(run, signal);
      // A run that begins paused is so after what is measured before its first step.
      if (paused) await Promise.race([this.#states.next(), this.#loop]);
      signal.throwIfAborted();
      return facts;
    } catch (error) {
      if (!signal.aborted) this.#fail(error, params.runId);
      // Stopped by the user while it loaded: nothing went wrong.
      else if (this.state.phase === 'loading') this.#states.become({ phase: 'idle' });
      throw error;
    }
  }

  /** Finishes the current step, saves, and waits. */
  async pause(): Promise<EngineState> {
    if (this.#isStopping) await this.#loop;
    this.#needActive('Pause');
    if (this.state.phase === 'training') {
      this.#wish = 'pause';
      this.#wake();
      await this.#states.notTraining(() => this.#wish === 'pause');
    }
    if (this.#wish === 'step') this.#wish = 'pause';
    return this.state;
  }

  async resume(): Promise<EngineState> {
    if (this.#isStopping) await this.#loop;
    const run = this.#needActive('Resume');
    this.#wish = 'train';
    this.#states.become({ phase: 'training', runId: run.runId, step: run.step, steps: run.steps });
    this.#wake();
    return this.state;
  }

  /** One step while paused. */
  async step(): Promise<EngineState> {
    if (this.#isStopping) await this.#loop;
    this.#needActive('Single Step');
    if (this.state.phase !== 'paused') await this.pause();
    if (this.#isStopping) await this.#loop;
    // The step before may have been the last.
    this.#needActive('Single Step');
    // One asked for during another comes after it.
    this.#singleSteps = this.#wish === 'step' ? this.#singleSteps + 1 : 1;
    this.#wish = 'step';
    const stepped = this.#states.next();
    this.#wake();
    await stepped;
    return this.state;
  }

  /** Ends the run at its current step; its model stays loaded. */
  async stop(): Promise<EngineState> {
    if (this.state.phase === 'loading') {
      this.#abort.abort(cancelled('Loading'));
      await this.#loading;
      return this.state;
    }
    this.#needActive('Stop');
    this.#wish = 'stop';
    this.#wake();
    await this.#loop;
    return this.state;
  }

  async snapshot(reason: SnapshotReason): Promise<Snapshot> {
    const run = this.#sound('Save Checkpoint');
    return this.#turns.take(async () => {
      const snapshot = await run.snapshot(reason);
      // What failed meanwhile may have spoilt the weights before they were read.
      this.#sound('Save Checkpoint');
      return snapshot;
    });
  }

  /** Continues a prompt with the current weights, in training or not. */
  async generate(
    params: GenerateParams,
    signal: AbortSignal,
    emit: (generated: Events['generated']) => void,
  ): Promise<GenerateResult> {
    const run = this.#sound('Generate');
    const writing = write(run, params, AbortSignal.any([signal, this.#abort.signal]), emit);
    this.#writing.add(writing);
    try {
      return await writing;
    } finally {
      this.#writing.delete(writing);
    }
  }

  /** Whether there is a model whose weights can be looked at. */
  get isSound(): boolean {
    return this.#run !== undefined && this.state.phase !== 'failed' && !this.#isUnloaded;
  }

  /** Looks at the model between two steps; `what` is named where there is none. */
  async look<Seen>(what: string, work: (run: ActiveRun) => Promise<Seen>): Promise<Seen> {
    this.#sound(what);
    return this.#turns.take(() => work(this.#sound(what)));
  }

  /** The page is hidden: save now, since a hidden page may be discarded. */
  hidden(): void {
    if (this.state.phase === 'training') this.#snapshots.demand('hide');
  }

  /** Something went wrong that does not end the run: a damaged message, a listener that threw. */
  report(error: unknown): void {
    const failure = this.#remember(error);
    const message = `${failure.message} ${failure.remedy}`;
    this.#host.emit('notice', { code: failure.code, severity: 'warning', message });
  }

  /** Something outside the loop broke, such as the graphics device. */
  fail(error: unknown): void {
    this.#abort.abort(error);
    this.#fail(error, this.#run?.runId);
  }

  /** The device was lost, refused memory or a command: what it holds cannot be trusted any more. */
  #deviceFailed({ kind, message }: DeviceTrouble): void {
    if (kind === 'lost') this.#lost.isLost(message);
    // What a device refuses after its first trouble follows from that: the cause is told.
    if (this.state.phase === 'failed' || this.#isUnloaded) return;
    const failure = deviceFailure(kind, message);
    if (this.state.phase === 'idle') this.#unload(this.state.last, failure);
    else this.fail(failure);
  }

  /** A run that has ended, and is saved, keeps what it came to when the device fails afterwards. */
  #unload(last: LastRun | undefined, failure: PlaygroundError): void {
    this.#abort.abort(failure);
    if (last === undefined) return;
    this.#states.become({ phase: 'idle', last: { ...last, unloaded: true } });
    this.report(failedAfterEnd(failure));
  }

  async #train(run: ActiveRun, signal: AbortSignal): Promise<void> {
    run.wake();
    try {
      for (;;) {
        await this.#turns.take(() => run.observe(signal));
        signal.throwIfAborted();
        if (run.finished || this.#wish === 'stop') break;
        if (this.#wish === 'pause') await this.#wait(run, signal);
        else await this.#advance(run, signal);
        signal.throwIfAborted();
      }
      await this.#close(run, signal);
    } catch (error) {
      if (!signal.aborted) this.#fail(error, run.runId);
    }
  }

  async #advance(run: ActiveRun, signal: AbortSignal): Promise<void> {
    const began = performance.now();
    const single = this.#wish === 'step';
    await this.#turns.take(() => run.advance(single));
    signal.throwIfAborted();
    const took = performance.now() - began;
    if (single && this.#wish === 'step') this.#singleSteps -= 1;
    if (this.#wish === 'step' && this.#singleSteps === 0) this.#wish = 'pause';
    // A pause is told when it is saved, an end when it has come.
    if (this.#wish === 'train' || this.#wish === 'step') this.#states.become(this.#phase());
    await yieldToEventLoop();
    // Writing gets up to half the time.
    const until = performance.now() + took;
    while (this.#writing.size > 0 && performance.now() < until) await yieldToEventLoop();
    await this.#snapshots.storeWhenDue(run, signal);
  }

  /** Saves, says that the run is paused, and sleeps until somebody wishes otherwise. */
  async #wait(run: ActiveRun, signal: AbortSignal): Promise<void> {
    await this.#snapshots.store(run, 'pause', signal);
    signal.throwIfAborted();
    if (this.#wish !== 'pause') return;
    const woken = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    this.#states.become(this.#phase());
    run.sleep();
    await woken;
    run.wake();
  }

  async #close(run: ActiveRun, signal: AbortSignal): Promise<void> {
    const outcome: LastRun['outcome'] = run.finished ? 'finished' : 'stopped';
    await this.#snapshots.store(run, outcome === 'finished' ? 'finish' : 'stop', signal);
    signal.throwIfAborted();
    const { runId, step, steps } = run;
    this.#states.become({ phase: 'idle', last: { runId, step, steps, outcome } });
  }

  /** Waits for what was told to end, without a new snapshot, and gives its memory back. */
  async #end(): Promise<void> {
    this.#wake();
    await this.#loop;
    await Promise.allSettled(this.#writing);
    // Who looks at the model has a turn, too.
    await this.#turns.take(() => Promise.resolve(this.#run?.dispose()));
    this.#run = undefined;
  }

  #phase(): EngineState {
    const run = this.#run;
    if (!run) return { phase: 'idle' };
    const isPaused = this.#wish === 'pause' || this.#wish === 'step';
    const phase = isPaused ? 'paused' : 'training';
    return { phase, runId: run.runId, step: run.step, steps: run.steps };
  }

  #fail(error: unknown, runId: string | undefined): void {
    const failure = this.#remember(explainedIn(this.#run, error));
    const step = this.#run?.step;
    this.#states.become({
      phase: 'failed',
      ...(runId !== undefined && { runId }),
      ...(step !== undefined && { step }),
      failure,
    });
  }

  #remember(error: unknown): Failure {
    const failure = failureOf(error);
    this.#errors.push(failure);
    this.#errors.splice(0, this.#errors.length - rememberedErrors);
    return failure;
  }

  /** The loaded run, while its weights can be trusted. */
  #sound(command: string): ActiveRun {
    const run = this.#run;
    if (!run) throw nothingTo(command);
    if (this.#isUnloaded) throw unloadedFor(command);
    if (this.state.phase !== 'failed') return run;
    throw unsoundFor(command);
  }

  /** Nothing takes Stop back: what is asked after it waits, and finds the run ended. */
  get #isStopping(): boolean {
    return this.#wish === 'stop';
  }

  /** The last run's model went with the graphics device. */
  get #isUnloaded(): boolean {
    return this.state.phase === 'idle' && this.state.last?.unloaded === true;
  }

  #needActive(command: string): ActiveRun {
    const { phase } = this.state;
    const run = this.#run;
    if (run && (phase === 'training' || phase === 'paused')) return run;
    throw nothingTo(command);
  }
}
