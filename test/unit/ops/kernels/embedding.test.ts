/** @file The gradient of an embedding on each backend: rows of one id add up, in one order. */
import { beforeAll, describe, expect, it } from 'vitest';

import * as tf from '../../../../webview/backends/tf';
import { embeddingGradient } from '../../../../webview/ops/kernels/calls';
import { testedBackends, useBackend } from '../../support/backends';
import { expectClose, normals } from '../../support/numbers';

describe.each(testedBackends)('the gradient of an embedding on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it.each([
    [1, 1, 1],
    [40, 7, 5],
    [300, 3, 65],
  ])('adds %i rows of %i numbers into %i', async (n, d, rows) => {
    const ids = Array.from({ length: n }, (_, i) => (i * i) % rows);
    const dy = normals(n * d, 1);
    const want = new Float64Array(rows * d);
    dy.forEach((value, i) => {
      const at = (ids[Math.floor(i / d)] ?? NaN) * d + (i % d);
      want[at] = (want[at] ?? NaN) + value;
    });
    const got = embeddingGradient(tf.tensor(ids, [n], 'int32'), tf.tensor(dy, [n, d]), rows);
    expect(got.shape).toEqual([rows, d]);
    expectClose(await got.data(), want);
  });

  it('is zero for an id that never occurs', async () => {
    const ids = tf.tensor([2, 2], [2], 'int32');
    const got = await embeddingGradient(ids, tf.ones([2, 2]), 4).data();
    expect([...got]).toEqual([0, 0, 0, 0, 2, 2, 0, 0]);
  });

  it('gives the same bits each time', async () => {
    const ids = tf.tensor(
      Array.from({ length: 500 }, (_, i) => i % 3),
      [500],
      'int32',
    );
    const dy = tf.tensor(normals(500 * 4, 2), [500, 4]);
    const first = await embeddingGradient(ids, dy, 3).data();
    expect(await embeddingGradient(ids, dy, 3).data()).toEqual(first);
  });
});
