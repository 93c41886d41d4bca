/** @file A session of the engine with a host in memory, so that tests drive it as the page does. */

import type { PlaygroundError } from '../../../webview/config/errors';
import { defaultPreset } from '../../../webview/config/presets';
import type { RunConfig } from '../../../webview/config/run';
import type { MetricPoint, Sample } from '../../../webview/formats/metrics';
import { model } from '../../../webview/model/model';
import type {
  EngineState,
  Notice,
  RunFacts,
  Snapshot,
  StartRun,
  ToldSample,
} from '../../../webview/protocol/engineApi';
import type { RunEvents } from '../../../webview/worker/activeRun';
import { Session } from '../../../webview/worker/session';
import { wasmAssets } from './backends';

/** A verse that a small model learns in a few steps. */
export const verse = 'the cat sat on the mat and the dog sat on the log. '.repeat(8);

/** A run of a few steps on a text, with an evaluation and a sample on the way. */
export function shortRun(
  model: Partial<RunConfig['model']> = {},
  training: Partial<RunConfig['training']> = {},
  data: Partial<RunConfig['data']> = {},
): RunConfig {
  const { config } = defaultPreset;
  return {
    ...config,
    name: 'A short run',
    model: { ...config.model, layers: 1, dModel: 8, heads: 2, context: 8, ...model },
    data: { source: 'text', tokenizer: 'characters', vocabulary: 'used', ...data },
    training: {
      ...config.training,
      steps: 12,
      batchSize: 2,
      warmupSteps: 2,
      evaluateEvery: 5,
      evaluationBatches: 1,
      sampleEvery: 6,
      sampleLength: 6,
      ...training,
    },
  };
}

/** A run that is still going when a test wants something of it. */
export const longRun = shortRun({}, { steps: 5000, evaluateEvery: 5000, sampleEvery: 5000 });

/** Reads what ships in `dist/` from the installed packages. */
export async function asset(name: string): Promise<ArrayBuffer> {
  const ranks = /^tokenizers\/(\w+)\.json$/.exec(name)?.[1];
  if (ranks === undefined) return wasmAssets(name);
  const { default: data } =
    ranks === 'gpt2'
      ? await import('js-tiktoken/ranks/gpt2')
      : await import('js-tiktoken/ranks/cl100k_base');
  return new TextEncoder().encode(JSON.stringify(data)).buffer;
}

/** A session, and all that it told. */
export class TestedSession {
  readonly session: Session;
  readonly states: EngineState[] = [];
  readonly facts: RunFacts[] = [];
  readonly metrics: MetricPoint[] = [];
  readonly samples: Sample[] = [];
  /** The same, with their tokens. */
  readonly told: ToldSample[] = [];
  readonly notices: Notice[] = [];
  readonly snapshots: Snapshot[] = [];
  /** Called when a run is loaded, before its first step. */
  onFacts: () => void = () => undefined;
  /** Called when a snapshot is on disk. */
  onSnapshot: () => void = () => undefined;
  /** Called where the run is evaluated, which waits. */
  observed: RunEvents['observed'];
  /** Thrown in place of storing, while it is set. */
  diskFailure: PlaygroundError | undefined;
  #waiting: { until: (state: EngineState) => boolean; resolve: (state: EngineState) => void }[] =
    [];

  constructor() {
    Object.assign(globalThis, { transformerPlaygroundModel: { model } });
    // A worker has a navigator; Node has none before version 21.
    if (!('navigator' in globalThis)) {
      Object.defineProperty(globalThis, 'navigator', {
        value: { userAgent: 'node' },
        configurable: true,
      });
    }
    this.session = new Session({
      asset,
      emit: (name, payload) => {
        switch (name) {
          case 'state':
            this.#heard(payload as EngineState);
            break;
          case 'facts':
            this.facts.push(payload as RunFacts);
            this.onFacts();
            break;
          case 'metrics':
            this.metrics.push(...(payload as readonly MetricPoint[]));
            break;
          case 'sample':
            this.told.push(payload as ToldSample);
            this.samples.push((payload as ToldSample).sample);
            break;
          case 'notice':
            this.notices.push(payload as Notice);
            break;
          case 'generated':
          case 'looked':
          case 'moment':
            break;
          default:
            name satisfies never;
        }
      },
      observed: async (run, observation) => {
        await this.observed?.(run, observation);
      },
      storeSnapshot: (snapshot) => {
        if (this.diskFailure) return Promise.reject(this.diskFailure);
        this.snapshots.push(snapshot);
        this.onSnapshot();
        return Promise.resolve();
      },
    });
  }

  /** Starts a run on the verse, on WASM unless told otherwise. */
  start(config: RunConfig, rest: Partial<StartRun> = {}): Promise<RunFacts> {
    const bytes = new TextEncoder().encode(verse).buffer;
    const params: StartRun = {
      runId: 'run-1',
      config,
      text: { name: 'verse.txt', bytes },
      backend: 'wasm',
      ...rest,
    };
    return this.session.start(params, new AbortController().signal);
  }

  /** The first state from now on that is so; the current one counts. */
  reaches(until: (state: EngineState) => boolean): Promise<EngineState> {
    if (until(this.session.state)) return Promise.resolve(this.session.state);
    return new Promise((resolve) => this.#waiting.push({ until, resolve }));
  }

  /** Resolves when the run has ended, well or badly. */
  ended(): Promise<EngineState> {
    return this.reaches(({ phase }) => phase === 'idle' || phase === 'failed');
  }

  /** Resolves when so many steps were made. */
  made(steps: number): Promise<EngineState> {
    return this.reaches((state) => 'steps' in state && state.step >= steps);
  }

  /** The phases it went through, repetitions left out. */
  get phases(): string[] {
    return this.states
      .map(({ phase }) => phase)
      .filter((phase, index, all) => phase !== all[index - 1]);
  }

  #heard(state: EngineState): void {
    this.states.push(state);
    const done = this.#waiting.filter(({ until }) => until(state));
    this.#waiting = this.#waiting.filter((waiting) => !done.includes(waiting));
    for (const { resolve } of done) resolve(state);
  }
}
