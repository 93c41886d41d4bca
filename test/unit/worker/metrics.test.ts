/** @file What a point of a curve stands for: the steps since the last one, and their speed. */
import { describe, expect, it } from 'vitest';

import { MetricCollector, type RunningTotals } from '../../../webview/worker/metrics';

const zero: RunningTotals = { time: 0, elapsed: 0, tokens: 0 };

/** Five steps to a point: 2,000 points a curve. */
const steps = 10_000;

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

describe('a long run’s curve', () => {
  it('shows the mean of all steps since its last point, so that one odd batch is no peak', () => {
    const collector = new MetricCollector(steps, zero);
    expect(pointsAfter(collector, 0, [3])).toMatchObject([{ step: 0, loss: 3 }]);
    expect(pointsAfter(collector, 1, [1, 2])).toEqual([]);
    expect(pointsAfter(collector, 3, [3, 4, 10, 7])).toMatchObject([{ step: 5, loss: 4 }]);
    expect(pointsAfter(collector, 7, [7, 7, 7, 2])).toMatchObject([{ step: 10, loss: 6 }]);
  });

  it('shows a step that was made alone by itself', () => {
    const collector = new MetricCollector(steps, zero);
    pointsAfter(collector, 0, [3, 1, 2]);
    const alone = [{ step: 3, loss: 5, gradientNorm: 1 }];
    expect(collector.points(alone, () => 0.1, zero, true)).toMatchObject([{ step: 3, loss: 5 }]);
    expect(pointsAfter(collector, 4, [7, 9])).toMatchObject([{ step: 5, loss: 8 }]);
  });

  it('has the same point where the run was cut on the way to it', () => {
    const before = new MetricCollector(steps, zero);
    pointsAfter(before, 0, [3, 1, 2]);
    const after = new MetricCollector(steps, zero, before.unfinished);
    expect(pointsAfter(after, 3, [3, 4, 10])).toMatchObject([{ step: 5, loss: 4 }]);
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
