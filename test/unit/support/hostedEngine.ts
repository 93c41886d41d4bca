/**
 * @file The host's engine on a worker that answers as a test says. The test mocks `vscode`: this
 * file needs the engine under it.
 */
import { Engine } from '../../../extension/engine/engine';
import type { EngineNews } from '../../../extension/engine/news';
import type { Playground } from '../../../extension/playground/playground';
import { Ownership } from '../../../extension/runs/ownership';
import { MemoryFiles } from '../../../extension/runs/runFiles';
import type { RunStore } from '../../../extension/runs/runStore';
import { StoredRun } from '../../../extension/runs/storedRun';
import { defaultPreset } from '../../../webview/config/presets';
import type { EngineState, Snapshot, StartRun } from '../../../webview/protocol/engineApi';
import type { MomentSummary } from '../../../webview/protocol/moments';
import { factsOf } from './facts';
import { partOf } from './moments';

/** A snapshot of the run `r` with one point of its curve and one moment. */
export function snapshotAt(step: number, reason: Snapshot['reason'] = 'interval'): Snapshot {
  return {
    runId: 'r',
    step,
    reason,
    checkpoint: new ArrayBuffer(8),
    metrics: [{ step, time: step, learningRate: 0, gradientNorm: 0, tokens: step }],
    samples: [],
    moments: partOf([step]),
  };
}

export class HostedEngine {
  readonly files = new MemoryFiles();
  readonly news: EngineNews[] = [];
  /** What is only logged, which mostly is nothing. */
  log: (error: unknown) => void = (error) => {
    throw error;
  };
  /** What was asked of the worker, by name. */
  readonly asked: string[] = [];
  /** How the engine was told to start a run, the last time last. */
  readonly starts: StartRun[] = [];
  /** What the worker answers where it is not what it usually does. */
  readonly answers: Record<string, () => unknown> = {};
  /** Opens the page, which mostly is there at once. */
  open: (signal?: AbortSignal) => Promise<unknown> = () => Promise.resolve(this.endpoint);
  readonly engine: Engine;
  readonly endpoint;
  private readonly listeners: ((state: EngineState) => void)[] = [];
  private readonly watchers: ((moment: MomentSummary) => void)[] = [];

  constructor() {
    this.endpoint = {
      request: (name: string, params: unknown) => this.answer(name, params),
      emit: () => undefined,
      on: (name: string, listener: (payload: EngineState & MomentSummary) => void) => {
        if (name === 'state') this.listeners.push(listener as (state: EngineState) => void);
        if (name === 'moment') this.watchers.push(listener as (moment: MomentSummary) => void);
      },
    };
    const { endpoint, files } = this;
    const playground = { endpoint, open: (signal?: AbortSignal) => this.open(signal) };
    const store = {
      create: () => StoredRun.create(files, 'r', defaultPreset.config, undefined),
      ownership: () => new Ownership(files, 'here'),
      pruneSometimes: () => Promise.resolve(),
    };
    this.engine = new Engine(
      playground as unknown as Playground,
      store as unknown as RunStore,
      (error) => {
        this.log(error);
      },
    );
    this.engine.onNews((news) => this.news.push(news));
    this.engine.follow(endpoint as never);
  }

  /** The kinds of what was told, in order. */
  get told(): string[] {
    return this.news.map(({ kind }) => kind);
  }

  /** The worker reports a state. */
  report(state: EngineState): void {
    for (const listener of this.listeners) listener(state);
  }

  /** The worker has seen a moment. */
  see(moment: MomentSummary): void {
    for (const watcher of this.watchers) watcher(moment);
  }

  /** The worker reports its run at a step of 1000. */
  reach(phase: 'training' | 'paused', step: number, runId = 'r'): void {
    this.report({ phase, runId, step, steps: 1000 });
  }

  /** A new run that trains. */
  async begin(): Promise<void> {
    await this.engine.begin(defaultPreset.config, undefined);
    this.reach('training', 0);
  }

  /** The run as it lies in its folder. */
  async onDisk(): Promise<StoredRun> {
    const run = await StoredRun.open(this.files);
    if (run === undefined) throw new Error('The run is gone.');
    return run;
  }

  private answer(name: string, params: unknown): Promise<unknown> {
    this.asked.push(name);
    if (name === 'start') this.starts.push(params as StartRun);
    const answer = this.answers[name] ?? (() => (name === 'start' ? factsOf('r') : undefined));
    return Promise.resolve().then(answer);
  }
}
