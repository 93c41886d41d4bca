/** @file Gathers what steps leave on the device into points of the curves. Knows no page. */
import type { MetricPoint } from '../formats/metrics';
import { read } from '../ops/values';
import { disposeStep, type StepResult } from '../training/trainer';

/** Points a curve has, about; longer runs average several steps into one. */
const pointsOfRun = 2000;

/** The most steps to a point, so that it stands for a moment and not for minutes. */
const mostSteps = 64;

/**
 * Up to twice this step each has a point of its own; then, whenever the run has become twice as
 * long, a point stands for twice as many: also a long run shows at once what its loss is.
 */
const doubling = 100;

interface Pending {
  readonly step: number;
  readonly result: StepResult;
}

/** A step whose numbers were read. */
export interface MeasuredStep {
  readonly step: number;
  readonly loss: number;
  readonly gradientNorm: number;
}

export interface RunningTotals {
  /** Training time in ms, pauses left out. */
  readonly time: number;
  /** The same with what comes beside the steps: evaluations, samples, snapshots. */
  readonly elapsed: number;
  /** Tokens trained on. */
  readonly tokens: number;
}

export class MetricCollector {
  readonly #steps: number;
  #pending: Pending[] = [];
  #losses: number[];
  #sinceSpeed: Pick<RunningTotals, 'time' | 'tokens'>;

  /** `unfinished` are the losses that a continued run had measured since its last point. */
  constructor(steps: number, totals: RunningTotals, unfinished: readonly number[] = []) {
    this.#steps = steps;
    this.#losses = [...unfinished];
    this.#sinceSpeed = totals;
  }

  add(step: number, result: StepResult): void {
    this.#pending.push({ step, result });
  }

  /** Losses of steps since the last point, which the next one averages. */
  get unfinished(): readonly number[] {
    return this.#losses;
  }

  get pending(): number {
    return this.#pending.length;
  }

  /** Reads all steps that are still on the device. */
  async read(): Promise<MeasuredStep[]> {
    const pending = this.#pending;
    this.#pending = [];
    const measured = pending.map(async ({ step, result }): Promise<MeasuredStep> => {
      try {
        const [[loss = NaN], [gradientNorm = NaN]] = await Promise.all([
          read(result.loss),
          read(result.gradientNorm),
        ]);
        return { step, loss, gradientNorm };
      } finally {
        disposeStep(result);
      }
    });
    return Promise.all(measured);
  }

  /** The points that these steps complete; `each` gives every one of them a point of its own. */
  points(
    measured: readonly MeasuredStep[],
    learningRateOf: (step: number) => number,
    totals: RunningTotals,
    each = false,
  ): MetricPoint[] {
    const points: MetricPoint[] = [];
    for (const made of measured) {
      if (each) this.#losses = [];
      this.#losses.push(made.loss);
      if (!each && made.step % stepsToPoint(made.step, this.#steps) !== 0) continue;
      const mean = this.#losses.reduce((sum, value) => sum + value, 0) / this.#losses.length;
      this.#losses = [];
      const tokensPerSecond = this.#speed(totals);
      points.push({
        ...pointOf(made, mean, learningRateOf, totals),
        ...(tokensPerSecond !== undefined && { tokensPerSecond }),
      });
    }
    return points;
  }

  /** Tokens a second since the last point, once a quarter of a second has passed. */
  #speed(totals: RunningTotals): number | undefined {
    const time = totals.time - this.#sinceSpeed.time;
    if (time < 250) return undefined;
    const speed = ((totals.tokens - this.#sinceSpeed.tokens) / time) * 1000;
    this.#sinceSpeed = totals;
    return speed;
  }

  dispose(): void {
    for (const { result } of this.#pending) disposeStep(result);
    this.#pending = [];
  }
}

/**
 * How many steps the point at a step averages, of a run of `steps`: a power of two. It depends on
 * nothing else, so that a run that was cut has the same points.
 */
function stepsToPoint(step: number, steps: number): number {
  const longest = Math.min(mostSteps, powerOfTwo(steps / pointsOfRun));
  return Math.min(longest, powerOfTwo(step / doubling));
}

/** The largest one up to `value`, but at least 1. */
function powerOfTwo(value: number): number {
  return 2 ** Math.max(0, Math.floor(Math.log2(value)));
}

/** The point of a curve at a step, with a loss that may be a mean. */
export function pointOf(
  { step, gradientNorm }: MeasuredStep,
  loss: number,
  learningRateOf: (step: number) => number,
  { time, elapsed, tokens }: RunningTotals,
): MetricPoint {
  return { step, time, elapsed, loss, learningRate: learningRateOf(step), gradientNorm, tokens };
}
