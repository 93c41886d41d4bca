/**
 * @file What looking costs a run: steps in blocks that take turns, watched and unwatched, in one
 * process, so that other load on the machine falls on both. Watched is every point of the first
 * layer, and its attention live, as the source's lenses and the attention view ask for them.
 */
import { setImmediate } from 'node:timers/promises';
import { defaultPreset } from '../../webview/config/presets';
import { describePoints } from '../../webview/inspection/describe';
import { read } from '../../webview/ops/values';
import { isPlaygroundError } from '../../webview/protocol/errors';
import { characterTokenizer } from '../../webview/tokenizers/characters';
import { disposeStep, type Trainer } from '../../webview/training/trainer';
import type { ActiveRun } from '../../webview/worker/activeRun';
import { Inspector } from '../../webview/worker/inspector';
import { MomentKeeper } from '../../webview/worker/moments';
import { MomentStore } from '../../webview/worker/momentStore';
import { lookingShare, PacedLooks } from '../../webview/worker/pacedLooks';
import type { Session } from '../../webview/worker/session';
import { Turns } from '../../webview/worker/turns';
import { Watcher } from '../../webview/worker/watcher';
import { batchOf, type BenchConfiguration } from './configurations';
import { spreadOf, type Spread } from './spread';

/** Blocks of each kind: the first of them may still compile, and does not count. */
const blocks = 8;

/** Moments that are timed. */
const moments = 5;

export interface Looking {
  /** Milliseconds of processor time a step, in blocks. */
  readonly unwatched: Spread;
  readonly watched: Spread;
  /** Steps a second at their best, watched divided by unwatched: 1 is no cost. */
  readonly ratio: number;
  /** Of the processor time of watched blocks, what was spent looking: 0 is no cost. */
  readonly share: number;
  /** Looks in the watched blocks. */
  readonly looks: number;
  /** Milliseconds to keep a moment, at an evaluation. */
  readonly moment: Spread;
}

/** Measures in blocks of half so many seconds each. */
export async function measureLooking(
  trainer: Trainer,
  configuration: BenchConfiguration,
  seconds: number,
): Promise<Looking> {
  const run = runOf(trainer, configuration);
  const turns = new Turns();
  const gate = new Gate();
  let looks = 0;
  let looking = 0;
  let isCounted = false;
  const session = {
    run,
    isSound: true,
    state: { phase: 'training', runId: run.runId, step: 0, steps: 1 },
    report: (error: unknown) => {
      throw error;
    },
    look: async (_what: string, work: (run: ActiveRun) => Promise<unknown>) => {
      await gate.open();
      return turns.take(async () => {
        const began = process.cpuUsage();
        const seen = await work(run);
        if (isCounted) {
          looking += millisecondsSince(began);
          looks += 1;
        }
        return seen;
      });
    },
  } as unknown as Session;
  const paced = new PacedLooks(session);
  const watcher = new Watcher(session, paced, () => undefined);
  const points = describePoints(trainer.model, trainer.config, 1, 1)
    .map(({ path }) => path)
    .filter((path) => path.startsWith('decoder.0.'));
  watcher.watch({ points });
  const ended = new AbortController();
  const following = follow(new Inspector(session, paced), ended.signal);
  let all = 0;
  const costs = { watched: [] as number[], unwatched: [] as number[] };
  for (let block = 0; block < 2 * blocks; block++) {
    const kind = block % 2 === 0 ? 'watched' : 'unwatched';
    gate.isOpen = kind === 'watched';
    isCounted = block >= 2;
    // Time in which nobody may look does not pay for looks before it.
    if (kind === 'unwatched') paced.charge(run, 500 * seconds * lookingShare);
    const began = process.cpuUsage();
    const steps = await stepsFor(seconds / 2, trainer, configuration, turns);
    const cost = millisecondsSince(began);
    if (!isCounted) continue;
    costs[kind].push(cost / steps);
    if (kind === 'watched') all += cost;
  }
  isCounted = false;
  watcher.watch({ points: [] });
  ended.abort();
  gate.isOpen = true;
  await following;
  const [watched, unwatched] = [spreadOf(costs.watched), spreadOf(costs.unwatched)];
  const ratio = unwatched.min / watched.min;
  const moment = await momentsOf(run, paced);
  return { watched, unwatched, ratio, share: looking / all, looks, moment };
}

/** Makes steps for so many seconds, and says how many. */
async function stepsFor(
  seconds: number,
  trainer: Trainer,
  configuration: BenchConfiguration,
  turns: Turns,
): Promise<number> {
  const began = performance.now();
  let steps = 0;
  do {
    await turns.take(async () => {
      const result = trainer.learn(batchOf(configuration, trainer.step));
      await read(result.loss);
      disposeStep(result);
    });
    steps += 1;
    // Timers and messages are served between steps, as in the worker.
    await setImmediate();
  } while (performance.now() - began < 1000 * seconds);
  return steps;
}

/** Of processor time, of the whole process. */
function millisecondsSince(began: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}

/** Asks for attention again and again, as the view that follows a run does. */
async function follow(inspector: Inspector, signal: AbortSignal): Promise<void> {
  const path = 'decoder.0.selfAttention.pattern';
  const of = { from: 'batch', row: 0 } as const;
  const request = { of, thumbnail: 32, heads: [{ path, head: 0 }], live: true };
  while (!signal.aborted) {
    try {
      await inspector.attention(request, signal);
    } catch (error) {
      if (!isPlaygroundError(error, 'cancelled')) throw error;
    }
  }
}

async function momentsOf(run: ActiveRun, looks: PacedLooks): Promise<Spread> {
  const keeper = new MomentKeeper({
    run: () => run,
    looks,
    share: Infinity,
    tell: () => undefined,
    report: (error) => {
      throw error;
    },
  });
  const times: number[] = [];
  for (let moment = 0; moment <= moments; moment++) {
    const began = performance.now();
    await keeper.observed(run, {});
    // The first one compiles.
    if (moment > 0) times.push(performance.now() - began);
  }
  return spreadOf(times);
}

/** What those who look need of a run. */
function runOf(trainer: Trainer, configuration: BenchConfiguration): ActiveRun {
  const { model, training } = configuration;
  const characters = Array.from({ length: model.vocabulary - 1 }, (_, at) =>
    String.fromCodePoint(0x4e00 + at),
  );
  const { inputs } = batchOf(configuration, 0);
  const text = Int32Array.from({ length: 4 * model.context }, (_, at) => inputs[at] ?? 0);
  return {
    runId: 'bench',
    trainer,
    config: { ...defaultPreset.config, model, training },
    dataset: {
      tokenizer: characterTokenizer(characters),
      task: { train: text, validation: text, trainDocuments: 0 },
    },
    get step() {
      return trainer.step;
    },
    finished: false,
    moments: new MomentStore(),
  } as unknown as ActiveRun;
}

/** Holds back who looks while nobody is to. */
class Gate {
  #waiting: (() => void)[] = [];
  #isOpen = false;

  set isOpen(isOpen: boolean) {
    this.#isOpen = isOpen;
    if (!isOpen) return;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  open(): Promise<void> {
    if (this.#isOpen) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }
}
