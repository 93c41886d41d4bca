/** @file The time left that the page and the status bar show. */
import { describe, expect, it } from 'vitest';

import { timeLeft } from '../../../webview/formats/timeLeft';

/** Evaluates and samples every 100 steps. */
const run = (steps: number) => ({ steps, evaluateEvery: 100, sampleEvery: 50 });

/** Points every `every` steps of 10 ms; before every hundredth, 300 ms go to an evaluation. */
function measured(until: number, every = 1) {
  const points = [];
  for (let step = 0; step <= until; step += every) {
    const time = step * 10;
    points.push({ step, time, elapsed: time + 300 * (1 + Math.floor(step / 100)) });
  }
  return points;
}

describe('time left', () => {
  it('is unknown until the speed is', () => {
    expect(timeLeft([], run(100))).toBeUndefined();
    expect(timeLeft([{ step: 0, time: 5 }], run(100))).toBeUndefined();
    const still = [
      { step: 0, time: 5 },
      { step: 1, time: 5 },
    ];
    expect(timeLeft(still, run(100))).toBeUndefined();
  });

  it('is zero at the end', () => {
    expect(timeLeft(measured(200), run(200))).toBe(0);
  });

  it('follows the speed of the latest points, not that of the start', () => {
    const slow = Array.from({ length: 30 }, (_, i) => ({ step: i, time: i * 1000 }));
    const fast = Array.from({ length: 500 }, (_, i) => ({ step: 30 + i, time: 30_000 + i * 25 }));
    expect(timeLeft([...slow, ...fast], run(629))).toBeCloseTo(2500, 6);
  });

  it('is steady: a second in which the machine was busy does not make it leap', () => {
    const time = (step: number): number => step * 25 + Math.max(0, step - 380) * 25;
    const points = Array.from({ length: 401 }, (_, step) => ({ step, time: time(step) }));
    // 20 of the last 381 steps took twice as long.
    expect(timeLeft(points, run(1400))).toBeCloseTo(1000 * (10_000 / 380), -2);
  });

  it('takes no speed from before a resume, which may have been another backend’s', () => {
    const before = Array.from({ length: 30 }, (_, i) => ({ step: i, time: i * 10 }));
    const since = (count: number) => [
      ...before,
      ...Array.from({ length: count }, (_, i) => ({ step: 30 + i, time: 1290 + i * 1000 })),
    ];
    expect(timeLeft(since(1), run(60), 30)).toBeUndefined();
    expect(timeLeft(since(3), run(60), 30)).toBeCloseTo(28_000, 6);
  });

  it.each([1, 4])(
    'counts evaluations and samples in, wherever it is asked: %d steps a point',
    (every) => {
      // 10 ms a step and 3 ms of each step's share of an evaluation.
      for (const step of [20, 96, 100, 148, 200, 480]) {
        const left = timeLeft(measured(step, every), run(1000)) ?? NaN;
        expect(left / ((1000 - step) * 13)).toBeGreaterThan(0.97);
        expect(left / ((1000 - step) * 13)).toBeLessThan(1.04);
      }
    },
  );

  it('forgets what came beside the steps before the last two evaluations, on another machine perhaps', () => {
    const elsewhere = measured(400).map((point) => ({
      ...point,
      elapsed: point.elapsed + point.step * 90,
    }));
    const { time, elapsed } = elsewhere.at(-1) ?? { time: NaN, elapsed: NaN };
    const here = measured(200)
      .slice(1)
      .map((point) => ({
        step: 400 + point.step,
        time: time + point.time,
        elapsed: elapsed + point.elapsed - 300,
      }));
    expect(timeLeft([...elsewhere, ...here], run(700))).toBeCloseTo(1300, 6);
  });

  it('is that of the steps alone for a run of an earlier release, which measured nothing else', () => {
    const points = measured(150).map(({ step, time }) => ({ step, time }));
    expect(timeLeft(points, run(250))).toBeCloseTo(1000, 6);
  });
});
