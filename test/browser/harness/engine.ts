/**
 * @file An engine that follows a script: it stands in the worker's place, behind the real endpoint.
 */
import { formatCount } from '../../../webview/config/counts';
import { failureOf, PlaygroundError } from '../../../webview/config/errors';
import { Endpoint } from '../../../webview/protocol/endpoint';
import {
  protocolVersion,
  snapshotNotStored,
  type EngineApi,
  type EngineState,
  type PageForEngineApi,
  type SnapshotReason,
} from '../../../webview/protocol/engineApi';
import { messagePort, type MessageTarget } from '../../../webview/protocol/port';
import {
  factsOf,
  gainedAt,
  notice,
  pointAt,
  pointsUpTo,
  samples,
  scenarios,
  stateOf,
  type Scenario,
} from './scenarios';

const steps = 3000;
let state: EngineState = { phase: 'idle' };
let runId = '';
let step = 0;
let ticking: ReturnType<typeof setInterval> | undefined;

const page = new Endpoint<EngineApi, PageForEngineApi>(
  messagePort(globalThis as unknown as MessageTarget),
  {
    name: 'engine',
    protocolVersion,
    onError: (error) => {
      throw error;
    },
  },
);

function become(next: EngineState): EngineState {
  state = next;
  page.emit('state', next);
  return next;
}

/** Ten points a second. */
function tick(): void {
  clearInterval(ticking);
  ticking = setInterval(() => {
    if (state.phase !== 'training') return;
    step += 5;
    page.emit('metrics', [pointAt(step / 5)]);
    if (step === 20) page.emit('moment', { runId, step, gained: gainedAt(step) });
    become({ phase: 'training', runId, step, steps });
  }, 100);
}

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/** Larger than what goes in one message. */
const modelBytes = 1_500_000;

/** As the engine saves a run: what cannot be stored is told. */
async function save(reason: SnapshotReason = 'stop'): Promise<void> {
  const checkpoint = new ArrayBuffer(modelBytes);
  const snapshot = { runId, step, reason, checkpoint, metrics: [], samples: [] } as const;
  try {
    await page.request('storeSnapshot', snapshot);
  } catch (error) {
    const { message, remedy } = failureOf(error);
    page.emit('notice', {
      code: snapshotNotStored,
      severity: 'warning',
      message: `The checkpoint of step ${formatCount(step)} could not be saved: ${message} ${remedy}`,
    });
  }
}

/** Ends the worker by an error that nobody catches. */
function die(): void {
  setTimeout(() => {
    throw new Error('out of memory');
  }, 50);
}

/**
 * `config.name` is the scenario, followed by causes of rejected backends and the number of points.
 */
function play(name: string): ReturnType<typeof factsOf> | Promise<never> {
  const [first = 'live', causes = '', count = '500'] = name.split('|');
  const scenario: Scenario = scenarios.find((candidate) => candidate === first) ?? 'live';
  const facts = factsOf(scenario, causes.split(','));
  runId = facts.runId;
  if (scenario === 'loading') {
    become(stateOf(scenario, 0));
    return new Promise<never>(() => undefined);
  }
  if (scenario === 'unstarted') {
    const failed = stateOf(scenario, 0);
    become({ phase: 'loading', runId, activity: 'Reading the text' });
    become(failed);
    if (failed.phase === 'failed') throw new PlaygroundError(failed.failure);
  }
  const shown = scenario === 'dies-early' ? 28 : Number(count);
  const points = scenario === 'live' ? [pointAt(0)] : pointsUpTo(shown);
  step = points.at(-1)?.step ?? 0;
  page.emit('facts', facts);
  page.emit('metrics', points);
  for (const sample of samples) page.emit('sample', { sample, ids: new Int32Array() });
  if (scenario === 'paused') page.emit('notice', notice);
  if (scenario === 'finished') {
    step = steps;
    void save('finish');
  }
  become(stateOf(scenario, step));
  if (scenario === 'live') tick();
  if (scenario === 'dies') void save('interval').then(die);
  if (scenario === 'dies-early') die();
  return facts;
}

function nothingToSee(): never {
  throw new PlaygroundError({
    code: 'no-run',
    message: 'This engine plays a run back: it has no model to look at.',
    remedy: 'Look at the model of a run that is trained.',
  });
}

page.serve({
  start: ({ config }) => play(config.name),
  pause: () => become({ phase: 'paused', runId, step, steps }),
  resume: () => {
    tick();
    return become({ phase: 'training', runId, step, steps });
  },
  step: () => {
    step += 1;
    page.emit('metrics', [pointAt(step / 5)]);
    return become({ phase: 'paused', runId, step, steps });
  },
  stop: async () => {
    await save();
    return become({ phase: 'idle', last: { runId, step, steps, outcome: 'stopped' } });
  },
  snapshot: ({ reason }) => ({
    runId,
    step,
    reason,
    checkpoint: new ArrayBuffer(8),
    metrics: [],
    samples: [],
  }),
  describe: () => ({ runId, points: [] }),
  watch: () => null,
  attention: nothingToSee,
  headRoles: nothingToSee,
  follow: nothingToSee,
  whatIf: nothingToSee,
  logitLens: nothingToSee,
  circuit: nothingToSee,
  moments: nothingToSee,
  moment: nothingToSee,
  nextToken: () => new Promise<never>(() => undefined),
  tokenize: () => ({ tokens: [] }),
  generate: async ({ id, prompt }, { signal }) => {
    // Ends without an error that anybody would hear of.
    if (prompt === 'fall silent') {
      await save('interval');
      globalThis.close();
    }
    if (prompt === 'run out of memory') die();
    if (prompt === 'lose the device' && state.phase === 'idle' && state.last !== undefined) {
      become({ phase: 'idle', last: { ...state.last, unloaded: true } });
    }
    const unknown = /[^a-z .,?\n]/u.exec(prompt)?.[0];
    if (unknown !== undefined) {
      throw new PlaygroundError({
        code: 'unknown-character',
        message: `“${unknown}” does not occur in the text this model learned from.`,
        remedy: 'Use the letters a to z, space, comma, full stop and question mark.',
      });
    }
    const words =
      prompt === 'in silence'
        ? Array.from('\n'.repeat(8))
        : (' the dog runs. ann has the ball now.'
            .repeat(prompt === 'at length' ? 60 : 3)
            .match(/ ?[^ ]+/g) ?? []);
    for (const text of words) {
      signal.throwIfAborted();
      page.emit('generated', { id, text, tokens: [] });
      await pause(40);
    }
    return {
      text: words.join(''),
      tokens: words.length,
      tokensPerSecond: 412,
      ended: 'length',
      step,
      cached: true,
    };
  },
  diagnostics: () => ({
    versions: {},
    userAgent: navigator.userAgent,
    limits: {},
    state,
    errors: [],
  }),
});
