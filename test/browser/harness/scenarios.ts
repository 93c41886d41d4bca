/**
 * @file Scripted runs: what an engine would say in each state that the page can show. Pure; runs in
 * Node, page and worker.
 */
import { causes as allCauses, rejection, type Cause } from '../../../webview/backends/causes';
import { formatCount } from '../../../webview/config/counts';
import type { Rejection } from '../../../webview/config/backend';
import { defaultPreset } from '../../../webview/config/presets';
import type { MetricPoint, Sample } from '../../../webview/formats/metrics';
import type { EngineState, Notice, RunFacts } from '../../../webview/protocol/engineApi';
import type { RoleGained } from '../../../webview/protocol/moments';

export const scenarios = [
  'empty',
  'loading',
  'training',
  'live',
  'paused',
  'finished',
  'failed',
  'resumable',
  'claimed',
  'trained',
  'text',
  'unstarted',
  'dies',
  'dies-early',
] as const;

export type Scenario = (typeof scenarios)[number];

/** A row of the engine's table of causes, with a detail as it might be. */
export function rejected(cause: Cause): Rejection {
  return rejection(cause, '46 ms against 12 ms');
}

const steps = 3000;

/**
 * The default model on a text of the user's, which a name alone would not tell from the one on the
 * stories.
 */
export const textRun = {
  config: {
    ...defaultPreset.config,
    data: { ...defaultPreset.config.data, source: 'text' },
  },
  textName: 'sonnets.txt',
} as const;

export function factsOf(scenario: Scenario, causes: readonly string[] = []): RunFacts {
  return {
    runId: `run-${scenario}`,
    name: defaultPreset.config.name,
    config: defaultPreset.config,
    step: 0,
    parameters: 106_112,
    vocabulary: 32,
    trainTokens: 900_000,
    validationTokens: 100_000,
    charactersPerToken: 1,
    baselines: { uniform: Math.log(32), bigram: 2.31, trigram: 1.74, floor: 0.82 },
    backend: {
      backend: 'wasm',
      reason: 'The fastest of what this machine offers.',
      rejected: causes.filter(isCause).map(rejected),
      versions: { tfjs: '4.22.0' },
    },
    notices: [],
  };
}

/**
 * Point `index` of a plausible run: a noisy loss that falls towards 0.95, evaluated every tenth
 * point.
 */
export function pointAt(index: number, every = 5): MetricPoint {
  const step = index * every;
  const fall = 0.9 + 2.6 * Math.exp(-step / 300) + 0.35 * Math.exp(-step / 2500);
  const noise =
    0.09 * (Math.sin(index * 12.9898) + Math.sin(index * 78.233)) * Math.exp(-step / 6000);
  return {
    step,
    time: step * 14,
    loss: index === 0 ? Math.log(32) : fall + noise,
    ...(index % 20 === 0 ? { validationLoss: fall + 0.02 } : {}),
    learningRate: 0.003 * Math.min(1, step / 50),
    gradientNorm: 0.4 + Math.abs(noise),
    tokens: step * 768,
    tokensPerSecond: 54_800 + 300 * Math.sin(index),
  };
}

export function pointsUpTo(count: number): MetricPoint[] {
  return Array.from({ length: count }, (_, index) => pointAt(index));
}

export const samples: readonly Sample[] = [
  {
    step: 0,
    prompt: '',
    text: 'qj.zk vwx?bhh, ..ygq ttr\n eeo?zz',
    temperature: 0.8,
    lexiconShare: 0.02,
    sentenceShare: 0,
  },
  {
    step: 100,
    prompt: '',
    text: '\n\n\n\n\n\n',
    temperature: 0.8,
    lexiconShare: 0,
  },
  {
    step: 200,
    prompt: '',
    text: 'the dag sees the gall. ton gaves the ball to ann.\nwhe has thee ball now?',
    temperature: 0.8,
    lexiconShare: 0.71,
    sentenceShare: 0.2,
  },
  {
    step: 400,
    prompt: '',
    text: 'tom has a red ball. the dog that the girls see runs. tom gives the ball to ann.\nwho has the ball now? ann has the ball.\n\nann sees a cat. the cat sleeps.',
    temperature: 0.8,
    lexiconShare: 0.998,
    sentenceShare: 0.86,
  },
];

export const notice: Notice = {
  code: 'first-loss',
  severity: 'warning',
  message:
    'The first loss is 4.102, not ln 32 = 3.466: the model starts with opinions of its own. Scaled initialization starts without.',
};

/** How the scenario stands once it is loaded. */
export function stateOf(scenario: Scenario, step: number): EngineState {
  const runId = `run-${scenario}`;
  switch (scenario) {
    case 'loading':
      return {
        phase: 'loading',
        runId,
        activity: 'Counting bigrams and trigrams …',
        progress: 0.4,
      };
    case 'paused':
      return { phase: 'paused', runId, step, steps };
    case 'finished':
      return { phase: 'idle', last: { runId, step: steps, steps, outcome: 'finished' } };
    case 'failed':
      return {
        phase: 'failed',
        runId,
        step,
        failure: {
          code: 'training-diverged',
          // Steps count from 0: the run has made one more than the number of its last.
          message: `Training diverged at step ${formatCount(step - 1)}: the loss is NaN.`,
          remedy: 'Lower the learning rate from 0.003, or clip the gradient at 1.',
        },
      };
    case 'unstarted':
      return {
        phase: 'failed',
        runId,
        failure: {
          code: 'text-too-short',
          message: 'The text has 50 tokens, too few for a context of 64.',
          remedy: 'Train on a longer text, or with a shorter context.',
        },
      };
    case 'empty':
    case 'resumable':
    case 'claimed':
    case 'trained':
    case 'text':
      return { phase: 'idle' };
    case 'training':
    case 'live':
    case 'dies':
    case 'dies-early':
      return { phase: 'training', runId, step, steps };
    default:
      return scenario satisfies never;
  }
}

function isCause(name: string): name is Cause {
  return allCauses.some((cause) => cause === name);
}

/** The head that becomes what it is while a run is on the page, at a step of it. */
export function gainedAt(step: number): RoleGained[] {
  return [{ step, path: 'decoder.1.selfAttention.pattern', head: 3, role: 'induction' }];
}
