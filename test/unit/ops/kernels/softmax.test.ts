/** @file Softmax and its gradient on each backend against formula and finite differences. */
import { beforeAll, describe, expect, it } from 'vitest';

import * as tf from '../../../../webview/backends/tf';
import { softmaxBackward, softmaxForward } from '../../../../webview/ops/kernels/calls';
import { testedBackends, useBackend } from '../../support/backends';
import { dot, expectClose, finiteDifferences, normals } from '../../support/numbers';

function softmax(x: readonly number[], columns: number): number[] {
  return x.flatMap((_, start) => {
    if (start % columns) return [];
    const row = x.slice(start, start + columns);
    const largest = Math.max(...row);
    const exps = row.map((value) => Math.exp(value - largest));
    const sum = exps.reduce((total, value) => total + value, 0);
    return exps.map((value) => value / sum);
  });
}

describe.each(testedBackends)('softmax on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it.each([[[1, 1]], [[3, 7]], [[2, 3, 65]], [[2, 300]]])(
    'matches its formula over shape %j',
    async (shape) => {
      const x = normals(tf.util.sizeFromShape(shape), 1, 4);
      const y = softmaxForward(tf.tensor(x, shape));
      expect(y.shape).toEqual(shape);
      expectClose(await y.data(), softmax(x, shape.at(-1) ?? 1));
    },
  );

  it.each([[[2, 5, 5]], [[2, 2, 3, 3]], [[3, 1, 6]], [[2, 2, 7]]])(
    'gives exactly nothing to keys that the mask forbids, and no gradient, over shape %j',
    async (shape) => {
      const [keys = 1, queries = 1] = shape.toReversed();
      const hidden = (i: number) => i % keys > (Math.floor(i / keys) % queries) + keys - queries;
      const scores = normals(tf.util.sizeFromShape(shape), 2, 4);
      const x = scores.map((score, i) => score + (hidden(i) ? -1e9 : 0));
      const y = softmaxForward(tf.tensor(x, shape));
      const dx = softmaxBackward(y, tf.tensor(normals(x.length, 5), shape));
      const shares = await y.data();
      expectClose(shares, softmax(x, keys));
      for (const values of [shares, await dx.data()]) {
        expect([...values].filter((value, i) => hidden(i) && value !== 0)).toEqual([]);
      }
    },
  );

  it.each([[[2, 5, 5]], [[3, 7]], [[1, 70]]])(
    'has the gradient of finite differences over shape %j',
    async (shape) => {
      const x = normals(tf.util.sizeFromShape(shape), 3);
      const dy = normals(x.length, 4);
      const forward = (at: readonly number[]) => softmax(at, shape.at(-1) ?? 1);
      const y = tf.tensor(forward(x), shape);
      const dx = await softmaxBackward(y, tf.tensor(dy, shape)).data();
      expectClose(
        dx,
        finiteDifferences((at) => dot(forward(at), dy), x),
      );
    },
  );

  it('covers more than 65,535 rows', async () => {
    const rows = 65_600;
    const x = Array.from({ length: rows * 3 }, (_, i) => (i % 7) - 3);
    const y = await softmaxForward(tf.tensor(x, [rows, 3])).data();
    expectClose(y, softmax(x, 3));
  });

  it('shows a NaN instead of hiding it', async () => {
    const y = await softmaxForward(tf.tensor([[1, NaN, 2]])).data();
    expect([...y].some(Number.isNaN)).toBe(true);
  });
});
