/** @file Cross-entropy and its gradient on each backend against formula and finite differences. */
import { beforeAll, describe, expect, it } from 'vitest';

import * as tf from '../../../../webview/backends/tf';
import { crossEntropyBackward, crossEntropyForward } from '../../../../webview/ops/kernels/calls';
import { testedBackends, useBackend } from '../../support/backends';
import { dot, expectClose, finiteDifferences, normals } from '../../support/numbers';

function losses(logits: readonly number[], targets: readonly number[]): number[] {
  const columns = logits.length / targets.length;
  return targets.map((target, row) => {
    if (target < 0) return 0;
    const values = logits.slice(row * columns, (row + 1) * columns);
    const largest = Math.max(...values);
    const sum = values.reduce((total, value) => total + Math.exp(value - largest), 0);
    return Math.log(sum) + largest - (values[target] ?? NaN);
  });
}

describe.each(testedBackends)('cross-entropy on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it('is ln V where every id is as likely', async () => {
    const logits = tf.fill([3, 65], 2.5);
    const targets = tf.tensor([0, 64, 30], [3], 'int32');
    expectClose(
      await crossEntropyForward(logits, targets).data(),
      Array(3).fill(Math.log(65)),
      1e-6,
    );
  });

  it.each([
    [1, 1],
    [5, 3],
    [67, 65],
    [3, 701],
  ])('matches its formula for %i rows of %i logits', async (rows, columns) => {
    const logits = normals(rows * columns, 1, 5);
    const targets = Array.from({ length: rows }, (_, i) => (i * 31) % columns);
    const got = crossEntropyForward(
      tf.tensor(logits, [rows, columns]),
      tf.tensor(targets, [rows], 'int32'),
    );
    const want = losses(logits, targets);
    const largest = Math.max(...logits.map(Math.abs));
    expect(got.shape).toEqual([rows]);
    (await got.data()).forEach((value, i) => {
      expect(Math.abs(value - (want[i] ?? NaN))).toBeLessThanOrEqual(1e-6 * (1 + largest));
    });
  });

  it('has the gradient of finite differences, and none where a target is left out', async () => {
    const [rows, columns] = [6, 9];
    const logits = normals(rows * columns, 2);
    const targets = [0, 8, -1, 3, 3, -100];
    const dy = normals(rows, 3);
    const inputs = [
      tf.tensor(logits, [rows, columns]),
      tf.tensor(targets, [rows], 'int32'),
    ] as const;
    const forward = await crossEntropyForward(...inputs).data();
    expect([forward[2], forward[5]]).toEqual([0, 0]);
    const dLogits = await crossEntropyBackward(...inputs, tf.tensor(dy)).data();
    expectClose(
      dLogits,
      finiteDifferences((at) => dot(losses(at, targets), dy), logits),
    );
    expect([...dLogits.slice(2 * columns, 3 * columns)]).toEqual(Array(columns).fill(0));
  });

  it('does not overflow with logits of ±1e4', async () => {
    const logits = tf.tensor([[1e4, -1e4, 0]]);
    const got = await crossEntropyForward(logits, tf.tensor([1], [1], 'int32')).data();
    expectClose(got, [2e4], 1e-6);
  });

  it('covers more than 65,535 rows', async () => {
    const rows = 65_600;
    const logits = Array.from({ length: rows * 2 }, (_, i) => (i % 5) - 2);
    const targets = Array.from({ length: rows }, (_, i) => i % 2);
    const got = crossEntropyForward(
      tf.tensor(logits, [rows, 2]),
      tf.tensor(targets, [rows], 'int32'),
    );
    expectClose(await got.data(), losses(logits, targets));
  });
});
