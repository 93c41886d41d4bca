/** @file AdamW’s kernel on each backend against the paper’s formulas in double. */
import { beforeAll, describe, expect, it } from 'vitest';

import * as tf from '../../../../webview/backends/tf';
import { adamWHyper } from '../../../../webview/ops/kernels/adamWHyper';
import { updateAdamW } from '../../../../webview/ops/kernels/calls';
import { testedBackends, useBackend } from '../../support/backends';
import { expectClose, normals } from '../../support/numbers';

const options = { learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.1 };

/** AdamW as its paper writes it, in double. */
function reference(start: readonly number[], gradients: number[][], scale: number, decay: boolean) {
  const { learningRate, beta1, beta2, epsilon, weightDecay } = options;
  return start.map((value, i) => {
    let [p, m, v] = [value, 0, 0];
    gradients.forEach((gradient, index) => {
      const g = (gradient[i] ?? NaN) * scale;
      m = beta1 * m + (1 - beta1) * g;
      v = beta2 * v + (1 - beta2) * g * g;
      const mHat = m / (1 - beta1 ** (index + 1));
      const vHat = v / (1 - beta2 ** (index + 1));
      if (decay) p -= learningRate * weightDecay * p;
      p -= (learningRate * mHat) / (Math.sqrt(vHat) + epsilon);
    });
    return p;
  });
}

async function train(start: number[], gradients: number[][], factor: number, decay: boolean) {
  const shape = [start.length];
  const variable = (values: () => tf.Tensor) => tf.tidy(() => tf.variable(values()));
  const parameter = variable(() => tf.tensor(start, shape));
  const m = variable(() => tf.zeros(shape));
  const v = variable(() => tf.zeros(shape));
  for (const [index, values] of gradients.entries()) {
    tf.tidy(() => {
      updateAdamW({
        parameter,
        gradient: tf.tensor(values, shape),
        m,
        v,
        hyper: tf.tensor(adamWHyper(options, index + 1)),
        scale: tf.scalar(factor),
        decay,
      });
    });
    // A read between the steps must not make the next one stale.
    if (index === 1) await parameter.data();
  }
  const values = await parameter.data();
  tf.dispose([parameter, m, v]);
  return values;
}

describe('the numbers of a step', () => {
  it.each([1, 7, 300])('are the doubles of step %i, rounded once', (step) => {
    const { learningRate, beta1, beta2, epsilon, weightDecay } = options;
    const corrections = [1 / (1 - beta1 ** step), 1 / (1 - beta2 ** step)];
    const betas = [beta1, 1 - beta1, beta2, 1 - beta2];
    const doubles = [learningRate, ...betas, epsilon, weightDecay, ...corrections];
    expect([...adamWHyper(options, step)]).toEqual(doubles.map(Math.fround));
  });
});

describe.each(testedBackends)('AdamW on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it.each([
    [1, 1, true],
    [0.25, 1, false],
    [1, 130, true],
  ])(
    'follows the paper over 30 steps (scale %d, %i numbers, decay %s)',
    async (scale, n, decay) => {
      const start = normals(n, 1);
      const gradients = Array.from({ length: 30 }, (_, step) => normals(n, 10 + step));
      const got = await train(start, gradients, scale, decay);
      expectClose(got, reference(start, gradients, scale, decay), 3e-6);
    },
  );

  it('keeps 1 − β exact: 300 equal gradients stay within 1e-5 of double', async () => {
    const gradients = Array.from({ length: 300 }, () => [0.5, -2]);
    const start = [1.5, -1.5];
    const got = await train(start, gradients, 1, true);
    const differences = reference(start, gradients, 1, true).map((want, i) =>
      Math.abs((got[i] ?? NaN) - want),
    );
    // Whatever the size of the values: with 1 − 0.999 in float32 they would end 1.5e-5 away.
    expect(Math.max(...differences)).toBeLessThan(1e-5);
  });

  it('leaks no tensor', async () => {
    await train([1, 2], [[1, 1]], 1, true);
    const before = tf.memory().numTensors;
    await train(
      [1, 2],
      [
        [1, 1],
        [2, 2],
        [3, 3],
      ],
      1,
      true,
    );
    expect(tf.memory().numTensors).toBe(before);
  });

  it('shows the new weights to the next product', async () => {
    const weight = tf.variable(tf.ones([2, 2]));
    const [m, v] = [tf.variable(tf.zeros([2, 2])), tf.variable(tf.zeros([2, 2]))];
    const x = tf.ones([1, 2]);
    const before = await tf.matMul(x, weight).data();
    updateAdamW({
      parameter: weight,
      gradient: tf.ones([2, 2]),
      m,
      v,
      hyper: tf.tensor(adamWHyper({ ...options, weightDecay: 0 }, 1)),
      scale: tf.scalar(1),
      decay: true,
    });
    const after = await tf.matMul(x, weight).data();
    expect(before[0]).toBe(2);
    expect(after[0]).toBeCloseTo(2 - 2 * options.learningRate, 5);
  });
});
