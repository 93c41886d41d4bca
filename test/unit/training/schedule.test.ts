/** @file The learning rate's curve, at the points that a hand can compute. */
import { describe, expect, it } from 'vitest';

import { learningRateAt } from '../../../webview/training/schedule';
import { smallTraining } from '../support/models';

const config = {
  ...smallTraining,
  steps: 110,
  warmupSteps: 10,
  learningRate: 0.01,
  finalLearningRate: 0.1,
};

describe('the learning rate', () => {
  it.each([
    ['rises with the first step', 0, 0.001],
    ['is halfway up after half of the warm-up', 4, 0.005],
    ['peaks when the warm-up ends', 9, 0.01],
    ['is still at its peak at the next step', 10, 0.01],
    // A third of the way down: final + (peak − final) · ½ (1 + cos 60°)
    ['follows the cosine', 10 + 100 / 3, 0.001 + 0.009 * 0.75],
    ['is in the middle at the middle', 60, 0.0055],
    ['ends at its final share', 110, 0.001],
    ['stays there', 500, 0.001],
  ])('%s', (_, step, want) => {
    expect(learningRateAt(config, step)).toBeCloseTo(want, 9);
  });

  it('needs no warm-up, and stays constant where its end is its peak', () => {
    const constant = { ...config, warmupSteps: 0, finalLearningRate: 1 };
    expect([0, 50, 110].map((step) => learningRateAt(constant, step))).toEqual([0.01, 0.01, 0.01]);
  });

  it('survives a warm-up as long as the run', () => {
    const short = { ...config, steps: 10 };
    expect(learningRateAt(short, 9)).toBe(0.01);
    expect(learningRateAt(short, 10)).toBeCloseTo(0.01, 9);
  });
});
