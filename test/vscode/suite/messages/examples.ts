/**
 * @file One message of every type that host and playground exchange, with buffers small and large.
 * Both ends know them.
 */
import { defaultPreset, defaultSampling } from '../../../../webview/config/presets';
import type { Statistics } from '../../../../webview/config/statistics';
import type { Contract, EventName, RequestName } from '../../../../webview/protocol/contract';
import type { EngineState, RunFacts, Snapshot } from '../../../../webview/protocol/engineApi';
import type { ModelDescription } from '../../../../webview/protocol/inspectionApi';
import type { HostApi, PlaygroundPageApi } from '../../../../webview/protocol/playgroundApi';
import type { SelectedView } from '../../../../webview/protocol/selectedView';

/** A message of every type: one that is forgotten does not compile. */
export interface Examples<C extends Contract> {
  readonly requests: {
    readonly [K in RequestName<C>]: C['requests'][K];
  };
  readonly events: { readonly [K in EventName<C>]: C['events'][K] };
}

/** More than a message carries in one piece. */
const large = 3 * 1024 * 1024 + 17;

const paused: EngineState = { phase: 'paused', runId: 'r1', step: 7, steps: 40 };
const point = { step: 7, time: 12.5, loss: 1 / 3, learningRate: 3e-3, tokens: 5376 };
const sample = { step: 7, prompt: 'the ', text: 'dog “ran” 🐕\n', temperature: 0.8 };

const facts: RunFacts = {
  runId: 'r1',
  name: 'Tiny GPT',
  config: defaultPreset.config,
  step: 7,
  parameters: 104_000,
  vocabulary: 32,
  trainTokens: 900_000,
  validationTokens: 100_000,
  charactersPerToken: 1,
  baselines: { uniform: Math.log(32), bigram: 1.6, trigram: 0.8, floor: 0.15 },
  backend: { backend: 'wasm', reason: 'It is the fastest here.', rejected: [], versions: {} },
  notices: [{ code: 'n1', severity: 'warning', message: 'A text without a validation part.' }],
};

const snapshot: Snapshot = {
  runId: 'r1',
  step: 7,
  reason: 'interval',
  checkpoint: bytes(large),
  validationLoss: 1.25,
  metrics: [point],
  samples: [sample],
  moments: bytes(1000),
};

const likely = { id: 4, label: 'd', text: 'd', probability: 0.5 };

const description: ModelDescription = {
  runId: 'r1',
  points: [
    {
      path: 'logits',
      axes: ['batch', 'position', 'vocab'],
      shape: [4, 64, 32],
      flops: 1_048_576,
      bytes: 32_768,
      parameters: 2048,
    },
  ],
};

const statistics: Statistics = {
  mean: 0,
  deviation: 1,
  min: -2.5,
  max: 2.5,
  nonFinite: 3,
  histogram: [1, 4, 4, 1],
};

const token = { id: 3, label: '␣' };

const scores = {
  'previous-token': 0.91,
  'first-token': 0.02,
  'same-token': 0,
  induction: 1 / 3,
  uniform: 0.25,
} as const;

const pattern = 'decoder.0.selfAttention.pattern';

const outcome = {
  loss: 0.5,
  surprises: Float32Array.of(0.5, Infinity),
  sample: { tokens: [token], text: ' ' },
};

const gained = { step: 250, path: pattern, head: 0, role: 'induction' } as const;

const momentSummary = {
  runId: 'r1',
  step: 250,
  loss: 1.5,
  validationLoss: 1.75,
  gained: [gained],
} as const;

export const ofPage: Examples<PlaygroundPageApi> = {
  requests: {
    start: {
      params: {
        runId: 'r1',
        config: defaultPreset.config,
        text: { name: 'a.txt', bytes: bytes(1000) },
        backend: 'auto',
        checkpoint: bytes(large),
        moments: [bytes(10), bytes(1000)],
        paused: true,
      },
      result: facts,
    },
    pause: { params: null, result: paused },
    resume: { params: null, result: { ...paused, phase: 'training' } },
    step: { params: null, result: paused },
    stop: { params: null, result: { phase: 'idle' } },
    snapshot: { params: { reason: 'request' }, result: snapshot },
    generate: {
      params: { id: 'g1', prompt: 'the ', sampling: defaultSampling },
      result: {
        text: 'dog',
        tokens: 3,
        tokensPerSecond: 99.5,
        ended: 'length',
        step: 7,
        cached: true,
      },
    },
    nextToken: {
      params: { prompt: 'the ', after: new Int32Array([4]), sampling: defaultSampling, top: 1 },
      result: {
        runId: 'r1',
        step: 7,
        vocabulary: 32,
        stages: [{ stage: 'model', kept: 32, entropy: 2.5 }],
        tokens: [{ id: 4, label: 'd', probabilities: [0.5, 0.6, 0.7, 1] }],
      },
    },
    tokenize: { params: { text: 'd' }, result: { tokens: [{ id: 4, label: 'd' }] } },
    diagnostics: {
      params: null,
      result: { versions: {}, userAgent: 'test', limits: {}, state: paused, errors: [] },
    },
    describe: { params: null, result: description },
    watch: { params: { points: ['logits'] }, result: null },
    attention: {
      params: {
        of: { from: 'text', text: 'the ' },
        thumbnail: 32,
        heads: [{ path: pattern, head: 'mean' }],
        live: true,
      },
      result: {
        runId: 'r1',
        step: 7,
        tokens: [token],
        cropped: 2,
        loss: 1.5,
        modules: [{ path: pattern, heads: 1 }],
        thumbnail: 1,
        thumbnails: [Uint8Array.of(255)],
        patterns: [Float32Array.of(1, NaN, 1 / 3)],
      },
    },
    headRoles: {
      params: { silence: true, live: false },
      result: {
        runId: 'r1',
        step: 7,
        period: 32,
        even: scores,
        heads: [{ path: pattern, head: 0, role: 'previous-token', scores, silenced: 0.125 }],
      },
    },
    follow: {
      params: {
        of: { from: 'tokens', ids: Int32Array.of(3, 1) },
        path: pattern,
        head: 0,
        query: 1,
      },
      result: {
        runId: 'r1',
        step: 7,
        tokens: [token, token],
        dHead: 1,
        config: { mask: 'causal', bias: true, residual: true },
        asked: {
          query: Float32Array.of(1),
          keys: Float32Array.of(1, 2),
          products: Float32Array.of(1, 2),
          scores: Float32Array.of(1, 2),
          masked: Float32Array.of(1, -Infinity),
        },
        pattern: Float32Array.of(1, 0),
        values: Float32Array.of(4, 5),
        weighted: Float32Array.of(4),
        written: Float32Array.of(8, -8),
        output: Float32Array.of(8.5, -8),
      },
    },
    whatIf: {
      params: {
        of: { from: 'batch', row: 0 },
        changes: [
          { do: 'zero', at: { part: 'head', path: pattern, head: 0, positions: [1] } },
          { do: 'mean', at: { part: 'layer', layer: 0 } },
          { do: 'scale', by: 0.5, at: { part: 'value', path: 'decoder.0.mlp.output' } },
          {
            do: 'patch',
            from: { from: 'text', text: 'dog ' },
            at: { part: 'value', path: 'decoder.0.residualAfter' },
          },
        ],
        sample: { tokens: 20, temperature: 0, seed: 1 },
      },
      result: {
        runId: 'r1',
        step: 7,
        tokens: [token],
        cropped: 0,
        before: outcome,
        after: outcome,
        next: [{ token, before: 0.75, after: 0.25 }],
      },
    },
    logitLens: {
      params: { of: { from: 'text', text: 'the ' }, top: 1 },
      result: {
        runId: 'r1',
        step: 7,
        tokens: [token],
        cropped: 0,
        depths: ['decoder.0.residualBefore'],
        top: 1,
        ids: Int32Array.of(3),
        probabilities: Float32Array.of(0.5),
        entropies: Float32Array.of(0.7),
        trueProbabilities: Float32Array.of(NaN),
        trueRanks: Int32Array.of(0),
        vocabulary: [token],
      },
    },
    circuit: {
      params: { path: pattern, head: 0 },
      result: {
        runId: 'r1',
        step: 7,
        tokens: [token],
        queryKey: Float32Array.of(0.5),
        outputValue: Float32Array.of(-0.5),
      },
    },
    moments: { params: null, result: { runId: 'r1', kept: [momentSummary], gained: [gained] } },
    moment: {
      params: { step: 250 },
      result: {
        ...momentSummary,
        sample: { step: 250, text: 'the dog' },
        tokens: [token],
        modules: [{ path: pattern, heads: 1 }],
        cells: 1,
        patterns: [Uint8Array.of(255)],
        top: 1,
        nextIds: Int32Array.of(3),
        nextProbabilities: Float32Array.of(0.5),
        vocabulary: [token],
        heads: [{ path: pattern, head: 0, role: 'induction', scores }],
      },
    },
  },
  events: {
    state: { phase: 'loading', runId: 'r1', activity: 'Counting words', progress: 0.5 },
    facts,
    metrics: [point, { ...point, step: 8 }],
    sample: { sample, ids: Int32Array.of(4, 3) },
    looked: { runId: 'r1', step: 7, points: [{ path: 'logits', value: statistics }] },
    moment: momentSummary,
    generated: {
      id: 'g1',
      begins: { prompt: 'the ', after: Int32Array.of(3) },
      text: 'd',
      tokens: [{ id: 4, label: 'd', text: 'd', probability: 0.5, alternatives: [likely] }],
    },
    notice: { code: 'n1', severity: 'information', message: 'Only used tokens are learned.' },
  },
};

const view = {
  backend: 'auto',
  trusted: true,
  watching: false,
  history: { facts, metrics: [point], samples: [], gained: [gained] },
} as const;

const selected: SelectedView = {
  selection: { path: pattern, head: 2, token: 5 },
  title: 'Attention pattern',
  layer: 0,
  explanation: 'The scores of each query turned into shares that sum to one.',
  axes: [{ name: 'batch' }, { name: 'head', size: 4 }],
  isAttention: true,
  status: 'seen',
  value: { statistics, step: 7, age: 1500 },
  gradient: { statistics, step: 4, age: 9000.5 },
};

export const ofHost: Examples<HostApi> = {
  requests: {
    hello: { params: null, result: view },
    ping: { params: null, result: null },
    train: { params: { config: defaultPreset.config }, result: null },
    configured: { params: { model: defaultPreset.config.model }, result: null },
    chooseText: { params: null, result: null },
    resumeRun: { params: { runId: 'r1' }, result: null },
    storeSnapshot: { params: snapshot, result: null },
    runCommand: { params: { command: 'transformerPlayground.showLog' }, result: null },
    select: { params: { selection: { path: pattern, head: 2, token: 5 } }, result: null },
    copyText: { params: { text: 'once upon a time' }, result: null },
    log: { params: { level: 'info', message: 'a line' }, result: null },
  },
  events: {
    view,
    selected,
    showSelected: null,
    visibility: { visible: false },
    stored: { runId: 'r1' },
  },
};

/** The keys of a table, as what they are. */
export function namesOf<T extends object>(table: T): (keyof T & string)[] {
  return Object.keys(table) as (keyof T & string)[];
}

/**
 * A text that differs wherever two messages do; of buffers their length and a sum over places and
 * values.
 */
export function fingerprint(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => {
    if (!(item instanceof ArrayBuffer)) return item;
    let sum = 0;
    for (const byte of new Uint8Array(item)) sum = (sum * 31 + byte) % 1_000_000_007;
    return `${item.byteLength} bytes ${sum}`;
  });
}

function bytes(length: number): ArrayBuffer {
  const data = new Uint8Array(length);
  for (let i = 0; i < length; i += 1) data[i] = (i * 31 + (i >> 8) * 7 + (i >> 16) * 13) & 255;
  return data.buffer;
}
