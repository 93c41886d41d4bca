/**
 * @file Keeps what is seen of the run in the engine at each of its evaluations, for no more of its
 * time and memory than was agreed. Looking changes nothing, and what fails here ends no run.
 */
import { PlaygroundError } from '../config/errors';
import { formatCount } from '../config/counts';
import { momentOf } from '../inspection/moment';
import { shownText } from '../inspection/shownText';
import type { Moment, MomentRequest, Moments, MomentSummary } from '../protocol/moments';
import type { ActiveRun, Observation } from './activeRun';
import { lookedWindows } from './dataset';
import { subjectOf } from './lookedRun';
import type { NewMoment } from './momentStore';
import { lookingShare, type PacedLooks } from './pacedLooks';
import { nothingTo } from './refusals';

export interface MomentTools {
  /** The run in the engine. */
  readonly run: () => ActiveRun | undefined;
  readonly looks: PacedLooks;
  readonly tell: (summary: MomentSummary) => void;
  readonly report: (error: unknown) => void;
  /** Moments take at most this share of the time. */
  readonly share?: number;
}

export class MomentKeeper {
  readonly #tools: MomentTools;
  /** The run that was observed last. */
  #observed: ActiveRun | undefined;
  /** Before this time moments have had their share. */
  #freeAt = -Infinity;
  #hasFailed = false;

  constructor(tools: MomentTools) {
    this.#tools = tools;
  }

  /** The run stands at a step, and waits. */
  async observed(run: ActiveRun, observation: Observation): Promise<void> {
    const isFirst = this.#observed !== run;
    if (isFirst) this.#begin(run);
    const began = performance.now();
    // The last one is wanted in any case.
    if (this.#hasFailed || (began < this.#freeAt && !run.finished)) return;
    try {
      this.#tools.tell(run.moments.add(await see(run, observation)));
    } catch (error) {
      // What cannot be seen once will not be seen at the next evaluation either.
      this.#hasFailed = true;
      this.#tools.report(error);
      return;
    }
    // The first look compiles what the next ones use: what it took says little of them.
    if (isFirst) return;
    const cost = performance.now() - began;
    const { looks, share = lookingShare } = this.#tools;
    looks.charge(run, cost);
    this.#freeAt = began + cost / share;
  }

  /** All moments of the run in the engine, each in a line. */
  moments(): Moments {
    const { runId, moments } = this.#run;
    return { runId, kept: moments.summaries, gained: moments.gained };
  }

  /**
   * One of them whole.
   * @throws PlaygroundError where it is not kept
   */
  moment({ step }: MomentRequest): Moment {
    const { moments } = this.#run;
    const found = moments.at(step);
    if (found) return found;
    const steps = moments.summaries.map((summary) => formatCount(summary.step));
    throw new PlaygroundError({
      code: 'moment-not-kept',
      message: `Step ${formatCount(step)} was not kept.`,
      remedy:
        steps.length === 0
          ? 'Wait for the next evaluation.'
          : `Choose one of these steps: ${steps.join(', ')}.`,
    });
  }

  get #run(): ActiveRun {
    const run = this.#tools.run();
    if (run === undefined) throw nothingTo('Going back in time');
    return run;
  }

  #begin(run: ActiveRun): void {
    this.#observed = run;
    this.#freeAt = -Infinity;
    this.#hasFailed = false;
  }
}

async function see(
  run: ActiveRun,
  { sample, trainingLoss, validationLoss }: Observation,
): Promise<NewMoment> {
  const { dataset, config, runId, step } = run;
  const { inputs, context } = lookedWindows(dataset, config);
  const text = shownText(inputs.subarray(0, context), dataset.tokenizer, context);
  const seen = await momentOf(subjectOf(run), text, dataset.tokenizer);
  return {
    ...seen,
    runId,
    step,
    // One that is not finite would be lost on its way.
    ...(trainingLoss && Number.isFinite(trainingLoss.value) && { trainingLoss }),
    ...(Number.isFinite(validationLoss) && { validationLoss }),
    ...(sample && { sample: { step: sample.step, text: sample.prompt + sample.text } }),
  };
}
