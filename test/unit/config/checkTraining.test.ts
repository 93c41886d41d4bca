/** @file Whether a run whose learning rate never gets to its peak is told so, with advice. */
import { describe, expect, it } from 'vitest';
import { warmupWarning } from '../../../webview/config/checkTraining';
import { defaultPreset, presets } from '../../../webview/config/presets';
import { learningRateAt } from '../../../webview/training/schedule';

const { training } = defaultPreset.config;

/** The highest learning rate of a run, as a share of its peak. */
function reached(steps: number, warmupSteps: number): number {
  const run = { ...training, learningRate: 1, steps, warmupSteps };
  return Math.max(...Array.from({ length: steps }, (_, step) => learningRateAt(run, step)));
}

describe('a warm-up', () => {
  it.each([
    [60, 100],
    [60, 61],
    [60, 60],
    [60, 6],
    [1, 1],
    [5, 0],
  ])(
    'in a run of %d steps, %d long, is warned of where the peak is not reached',
    (steps, warmup) => {
      const told = warmupWarning({ steps, warmupSteps: warmup }) !== undefined;
      expect(told).toBe(reached(steps, warmup) < 1);
    },
  );

  it('that is too long is told with both numbers, and what to choose', () => {
    expect(warmupWarning({ steps: 60, warmupSteps: 100 })).toBe(
      'The warm-up of 100 steps is longer than the run of 60: the learning rate never reaches its peak. Choose more steps, or about 6 for the warm-up.',
    );
  });

  it('is not advised to be none, however short the run', () => {
    expect(warmupWarning({ steps: 3, warmupSteps: 100 })).toContain('about 1 for the warm-up');
  });

  it('of no preset is', () => {
    for (const { config } of presets) expect(warmupWarning(config.training)).toBeUndefined();
  });
});
