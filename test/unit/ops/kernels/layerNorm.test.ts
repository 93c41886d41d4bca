/** @file Layer normalization and its gradients on each backend: formula, finite differences. */
import { beforeAll, describe, expect, it } from 'vitest';

import * as tf from '../../../../webview/backends/tf';
import { layerNormBackward, layerNormForward } from '../../../../webview/ops/kernels/calls';
import { testedBackends, useBackend } from '../../support/backends';
import { dot, expectClose, finiteDifferences, normals } from '../../support/numbers';

const epsilon = 1e-5;

function layerNorm(x: readonly number[], gain: readonly number[], bias: readonly number[]) {
  const d = gain.length;
  return x.map((value, i) => {
    const row = x.slice(i - (i % d), i - (i % d) + d);
    const mean = row.reduce((sum, each) => sum + each, 0) / d;
    const variance = row.reduce((sum, each) => sum + (each - mean) ** 2, 0) / d;
    const scaled = (value - mean) / Math.sqrt(variance + epsilon);
    return scaled * (gain[i % d] ?? NaN) + (bias[i % d] ?? NaN);
  });
}

describe.each(testedBackends)('layer normalization on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it.each([[[1, 8]], [[5, 3]], [[2, 3, 129]], [[70, 1]]])(
    'matches its formula over shape %j',
    async (shape) => {
      const d = shape.at(-1) ?? 1;
      const x = normals(tf.util.sizeFromShape(shape), 1, 2).map((value) => value + 3);
      const [gain, bias] = [normals(d, 2), normals(d, 3)];
      const y = layerNormForward(tf.tensor(x, shape), tf.tensor(gain), tf.tensor(bias), epsilon);
      expect(y.shape).toEqual(shape);
      expectClose(await y.data(), layerNorm(x, gain, bias));
    },
  );

  it.each([[[4, 6]], [[2, 3, 9]], [[67, 5]]])(
    'has the gradients that finite differences show over shape %j',
    async (shape) => {
      const d = shape.at(-1) ?? 1;
      const x = normals(tf.util.sizeFromShape(shape), 4, 2);
      const [gain, bias, dy] = [normals(d, 5), normals(d, 6), normals(x.length, 7)];
      const [dx, dGain, dBias] = layerNormBackward(
        tf.tensor(x, shape),
        tf.tensor(gain),
        tf.tensor(dy, shape),
        epsilon,
      );
      const loss = (at: readonly number[], g = gain, b = bias) => dot(layerNorm(at, g, b), dy);
      expectClose(
        await dx.data(),
        finiteDifferences((at) => loss(at), x),
        2e-5,
      );
      expectClose(
        await dGain.data(),
        finiteDifferences((at) => loss(x, [...at]), gain),
        2e-5,
      );
      expectClose(
        await dBias.data(),
        finiteDifferences((at) => loss(x, gain, [...at]), bias),
        2e-5,
      );
      expect(dx.shape).toEqual(shape);
      expect(dGain.shape).toEqual([d]);
    },
  );

  it('covers more than 65,535 rows', async () => {
    const rows = 65_700;
    const x = Array.from({ length: rows * 2 }, (_, i) => (i % 2 ? 1 : -1) * (1 + (i % 5)));
    const one = tf.ones([2]);
    const y = await layerNormForward(tf.tensor(x, [rows, 2]), one, tf.zeros([2]), epsilon).data();
    expectClose(y, layerNorm(x, [1, 1], [0, 0]));
    const [dx, , dBias] = layerNormBackward(
      tf.tensor(x, [rows, 2]),
      one,
      tf.ones([rows, 2]),
      epsilon,
    );
    expect(await dBias.data()).toEqual(Float32Array.of(rows, rows));
    expect((await dx.data()).every((value) => Math.abs(value) < 1e-5)).toBe(true);
  });
});
