/** @file What a point of a curve stands for: the steps since the last one, and their speed. */
import { describe, expect, it } from 'vitest';

import { MetricCollector, type RunningTotals } from '../../../webview/worker/metrics';

const zero: RunningTotals = { time: 0, elapsed: 0, tokens: 0 };

const steps = 8000;

/** From long before this step on a point stands for four of them. */
const late = 1000;

/** The points after steps `from`, `from` + 1, … with these losses. */
function pointsAfter(
  collector: MetricCollector,
  from: number,
  losses: readonly number[],
  totals: RunningTotals = zero,
) {
  const measured = losses.map((loss, index) => ({ step: from + index, loss, gradientNorm: 1 }));
  return collector.points(measured, () => 0.1, totals);
}

describe('a run’s curve', () => {
  /** The steps of a run that have a point, `from` one `to` another. */
  function pointsOf(ofSteps: number, from: number, to: number): number[] {
    const collector = new MetricCollector(ofSteps, zero);
    const losses = new Array<number>(Math.min(ofSteps, 100_000)).fill(1);
    const points = pointsAfter(collector, 0, losses);
    expect(points.length).toBeLessThan(2500);
    return points.map(({ step }) => step).filter((step) => step >= from && step < to);
  }

  it('has a point for each of its first steps, however long it is', () => {
    expect(pointsOf(8000, 0, 4)).toEqual([0, 1, 2, 3]);
    expect(pointsOf(1_000_000, 197, 205)).toEqual([197, 198, 199, 200, 202, 204]);
  });

  it('is as fine to its end as it can be shown', () => {
    expect(pointsOf(1000, 990, 993)).toEqual([990, 991, 992]);
    expect(pointsOf(8000, 7000, 7012)).toEqual([7000, 7004, 7008]);
    // The next point is never far.
    expect(pointsOf(1_000_000, 90_000, 90_200)).toEqual([90_048, 90_112, 90_176]);
  });

  it('shows the mean of all steps since its last point, so that one odd batch is no peak', () => {
    const collector = new MetricCollector(steps, zero);
    expect(pointsAfter(collector, late, [3])).toMatchObject([{ step: late, loss: 3 }]);
    expect(pointsAfter(collector, late + 1, [1, 2])).toEqual([]);
    expect(pointsAfter(collector, late + 3, [3, 10, 7])).toMatchObject([
      { step: late + 4, loss: 4 },
    ]);
    expect(pointsAfter(collector, late + 6, [7, 7, 3])).toMatchObject([
      { step: late + 8, loss: 6 },
    ]);
  });

  it('shows a step that was made alone by itself', () => {
    const collector = new MetricCollector(steps, zero);
    pointsAfter(collector, late, [3, 1]);
    const alone = [{ step: late + 2, loss: 5, gradientNorm: 1 }];
    expect(collector.points(alone, () => 0.1, zero, true)).toMatchObject([
      { step: late + 2, loss: 5 },
    ]);
    expect(pointsAfter(collector, late + 3, [7, 9])).toMatchObject([{ step: late + 4, loss: 8 }]);
  });

  it('has the same point where the run was cut on the way to it', () => {
    const before = new MetricCollector(steps, zero);
    pointsAfter(before, late, [3, 1, 2]);
    const after = new MetricCollector(steps, zero, before.unfinished);
    expect(pointsAfter(after, late + 3, [3, 10])).toMatchObject([{ step: late + 4, loss: 4 }]);
  });
});

describe('the speed of a run', () => {
  const speeds = (collector: MetricCollector, totals: readonly RunningTotals[]) =>
    totals.map((each, index) => pointsAfter(collector, index * 5, [1], each)[0]?.tokensPerSecond);

  it('is that of the time since it was last told, not of the whole run', () => {
    const collector = new MetricCollector(steps, zero);
    expect(
      speeds(collector, [
        zero,
        { time: 500, elapsed: 500, tokens: 1000 },
        { time: 600, elapsed: 600, tokens: 1100 },
        { time: 1000, elapsed: 1000, tokens: 1250 },
      ]),
    ).toEqual([undefined, 2000, undefined, 500]);
  });

  it('does not jump when a run goes on after hours of training', () => {
    const hours = 3 * 3_600_000;
    const collector = new MetricCollector(steps, {
      time: hours,
      elapsed: hours,
      tokens: 90_000_000,
    });
    expect(
      speeds(collector, [
        { time: hours, elapsed: hours, tokens: 90_000_000 },
        { time: hours + 500, elapsed: hours + 500, tokens: 90_001_000 },
      ]),
    ).toEqual([undefined, 2000]);
  });
});
