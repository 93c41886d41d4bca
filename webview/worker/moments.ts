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
import { MomentStore, type NewMoment } from './momentStore';
import { lookingShare, type PacedLooks } from './pacedLooks';
import { nothingTo } from './refusals';

/** Moments of a run take no more bytes than this: of the default preset, about 1,000 of them. */
const mostBytes = 48e6;

export interface MomentTools {
  readonly looks: PacedLooks;
  readonly tell: (summary: MomentSummary) => void;
  readonly report: (error: unknown) => void;
  /** Moments take at most this share of the time. */
  readonly share?: number;
}

export class MomentKeeper {
  readonly #tools: MomentTools;
  #run: ActiveRun | undefined;
  #store = new MomentStore(mostBytes);
  /** Before this time moments have had their share. */
  #freeAt = -Infinity;
  #hasFailed = false;

  constructor(tools: MomentTools) {
    this.#tools = tools;
  }

  /** The run stands at a step, and waits. */
  async observed(run: ActiveRun, observation: Observation): Promise<void> {
    const isFirst = this.#run !== run;
    if (isFirst) this.#begin(run);
    const began = performance.now();
    // The last one is wanted in any case.
    if (this.#hasFailed || (began < this.#freeAt && !run.finished)) return;
    try {
      this.#tools.tell(this.#store.add(await see(run, observation)));
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
    looks.charge(cost);
    this.#freeAt = began + cost / share;
  }

  /** All moments of the run in the engine, each in a line. */
  moments(): Moments {
    if (this.#run === undefined) throw nothingTo('Going back in time');
    const { summaries: kept, gained } = this.#store;
    return { runId: this.#run.runId, kept, gained };
  }

  /**
   * One of them whole.
   * @throws PlaygroundError where it is not kept
   */
  moment({ step }: MomentRequest): Moment {
    if (this.#run === undefined) throw nothingTo('Going back in time');
    const found = this.#store.at(step);
    if (found) return found;
    const steps = this.#store.summaries.map((summary) => formatCount(summary.step));
    throw new PlaygroundError({
      code: 'moment-not-kept',
      message: `Step ${formatCount(step)} was not kept.`,
      remedy:
        steps.length === 0
          ? 'Wait for the next evaluation.'
          : `Choose one of these steps: ${steps.join(', ')}.`,
    });
  }

  #begin(run: ActiveRun): void {
    this.#run = run;
    this.#store = new MomentStore(mostBytes);
    this.#freeAt = -Infinity;
    this.#hasFailed = false;
  }
}

function isKnown(loss: number | undefined): loss is number {
  return loss !== undefined && Number.isFinite(loss);
}

async function see(
  run: ActiveRun,
  { sample, loss, validationLoss }: Observation,
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
    ...(isKnown(loss) && { loss }),
    ...(isKnown(validationLoss) && { validationLoss }),
    ...(sample && { sample: { step: sample.step, text: sample.text } }),
  };
}
