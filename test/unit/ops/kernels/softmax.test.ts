import { beforeAll, describe, expect, it } from 'vitest';

import * as tf from '../../../../webview/backends/tf';
import { softmaxBackward, softmaxForward } from '../../../../webview/ops/kernels/calls';
import { testedBackends, useBackend } from '../../support/backends';
import { dot, expectClose, finiteDifferences, normals } from '../../support/numbers';

function softmax(x: readonly number[], columns: number, queries = 0): number[] {
  return x.flatMap((_, start) => {
    if (start % columns) return [];
    const last = queries ? ((start / columns) % queries) + columns - queries : columns - 1;
    const row = x.slice(start, start + columns).map((value, c) => (c > last ? -Infinity : value));
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
      const y = softmaxForward(tf.tensor(x, shape), false);
      expect(y.shape).toEqual(shape);
      expectClose(await y.data(), softmax(x, shape.at(-1) ?? 1));
    },
  );

  it.each([[[2, 5, 5]], [[2, 2, 3, 3]], [[3, 1, 6]], [[2, 2, 7]]])(
    'hides later keys exactly over shape %j',
    async (shape) => {
      const x = normals(tf.util.sizeFromShape(shape), 2, 4);
      const y = await softmaxForward(tf.tensor(x, shape), true).data();
      const want = softmax(x, shape.at(-1) ?? 1, shape.at(-2) ?? 1);
      expectClose(y, want);
      want.forEach((value, i) => {
        if (value === 0) expect(y[i]).toBe(0);
      });
    },
  );

  it.each([false, true])('has the gradient of finite differences (causal: %s)', async (causal) => {
    const shape = [2, 5, 5];
    const x = normals(50, 3);
    const dy = normals(50, 4);
    const forward = (at: readonly number[]) => softmax(at, 5, causal ? 5 : 0);
    const y = tf.tensor(forward(x), shape);
    const dx = await softmaxBackward(y, tf.tensor(dy, shape), causal).data();
    expectClose(
      dx,
      finiteDifferences((at) => dot(forward(at), dy), x),
    );
  });

  it('covers more than 65,535 rows', async () => {
    const rows = 65_600;
    const x = Array.from({ length: rows * 3 }, (_, i) => (i % 7) - 3);
    const y = await softmaxForward(tf.tensor(x, [rows, 3]), false).data();
    expectClose(y, softmax(x, 3));
  });

  it('shows a NaN instead of hiding it', async () => {
    const y = await softmaxForward(tf.tensor([[1, NaN, 2]]), false).data();
    expect([...y].some(Number.isNaN)).toBe(true);
  });
});
