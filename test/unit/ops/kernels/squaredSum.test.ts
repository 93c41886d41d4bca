/** @file The sum of squares, which clips gradients, on each backend: always the same bits. */
import { beforeAll, describe, expect, it } from 'vitest';

import * as tf from '../../../../webview/backends/tf';
import { squaredSum } from '../../../../webview/ops/kernels/calls';
import { testedBackends, useBackend } from '../../support/backends';
import { dot, expectClose, normals } from '../../support/numbers';

describe.each(testedBackends)('the sum of squares on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it.each([1, 5, 256, 1000, 70_001])('adds %i squares', async (length) => {
    const x = normals(length, length);
    const sum = squaredSum(tf.tensor(x));
    expect(sum.shape).toEqual([]);
    expectClose(await sum.data(), [dot(x, x)], 2e-6);
  });

  it('gives the same bits each time', async () => {
    const x = tf.tensor(normals(9999, 1));
    expect(await squaredSum(x).data()).toEqual(await squaredSum(x).data());
  });
});
