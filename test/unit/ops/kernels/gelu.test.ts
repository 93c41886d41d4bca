/** @file GELU and its gradient on each backend against formula and finite differences. */
import { beforeAll, describe, expect, it } from 'vitest';

import * as tf from '../../../../webview/backends/tf';
import { geluBackward, geluForward } from '../../../../webview/ops/kernels/calls';
import { testedBackends, useBackend } from '../../support/backends';
import { dot, expectClose, finiteDifferences, normals } from '../../support/numbers';

const gelu = (x: number) =>
  0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));

describe.each(testedBackends)('GELU on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it.each([[1], [7, 13], [3, 5, 8]])('matches its formula over shape %j', async (...shape) => {
    const x = normals(tf.util.sizeFromShape(shape), 1, 3);
    const y = geluForward(tf.tensor(x, shape));
    expect(y.shape).toEqual(shape);
    expectClose(await y.data(), x.map(gelu));
  });

  it('stays finite and exact far from zero', async () => {
    const y = await geluForward(tf.tensor([-1e4, -30, 0, 30, 1e4])).data();
    expectClose(y, [0, 0, 0, 30, 1e4], 1e-7);
  });

  it('has the gradient that finite differences show', async () => {
    const x = [...normals(91, 2, 2), -50, 50, 0];
    const dy = normals(x.length, 3);
    const want = finiteDifferences((at) => dot(at.map(gelu), dy), x);
    expectClose(await geluBackward(tf.tensor(x), tf.tensor(dy)).data(), want);
  });

  it('passes a gradient whole or not at all where its cubic would overflow', async () => {
    const dx = geluBackward(tf.tensor([-1e20, -1e13, 1e13, 1e20]), tf.tensor([3, 3, 3, 3]));
    expectClose(await dx.data(), [0, 0, 3, 3]);
  });

  it('covers more elements than one dimension of a dispatch', async () => {
    const x = Array.from({ length: 100_003 }, (_, i) => (i % 17) - 8);
    expectClose(await geluForward(tf.tensor(x)).data(), x.map(gelu));
  });
});
