/** @file Products on WASM: right, not those of plain CPU, and of the weights as they are now. */
import { beforeAll, describe, expect, it } from 'vitest';

import * as tf from '../../../webview/backends/tf';
import { useBackend } from '../support/backends';

/** Σ_k a[i, k]·b[k, j] for each matrix of the batch, in double. */
function product(
  a: Float32Array,
  b: Float32Array,
  n: number,
  [m, k, p]: [number, number, number],
  ta: boolean,
  tb: boolean,
) {
  const result: number[] = [];
  for (let batch = 0; batch < n; batch++) {
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < p; j++) {
        let sum = 0;
        for (let c = 0; c < k; c++) {
          const left = a[((batch * m * k) % a.length) + (ta ? c * m + i : i * k + c)] ?? NaN;
          const right = b[((batch * k * p) % b.length) + (tb ? j * k + c : c * p + j)] ?? NaN;
          sum += left * right;
        }
        result.push(sum);
      }
    }
  }
  return result;
}

describe('matMul on WASM', () => {
  beforeAll(() => useBackend('wasm'));

  it('is really WASM, not the silent plain CPU', () => {
    expect(tf.getBackend()).toBe('wasm');
  });

  it.each([
    [[], [], false, false],
    [[], [], true, false],
    [[], [], false, true],
    [[], [], true, true],
    [[6], [6], false, false],
    [[6], [6], true, false],
    [[2, 3], [2, 3], false, true],
    [[2, 3], [2, 3], true, true],
    [[1], [5], false, false],
    [[5], [1], false, true],
  ])('multiplies batches %j and %j, transposed %s and %s', (batchA, batchB, ta, tb) => {
    const [m, k, p] = [7, 5, 9];
    const a = tf.randomNormal([...batchA, ...(ta ? [k, m] : [m, k])], 0, 1, 'float32', 1);
    const b = tf.randomNormal([...batchB, ...(tb ? [p, k] : [k, p])], 0, 1, 'float32', 2);
    const got = tf.matMul(a, b, ta, tb);
    const n = Math.max(tf.util.sizeFromShape(batchA), tf.util.sizeFromShape(batchB));
    const want = product(a.dataSync<'float32'>(), b.dataSync<'float32'>(), n, [m, k, p], ta, tb);
    const values = got.dataSync<'float32'>();
    expect(values.length).toBe(want.length);
    want.forEach((value, i) => {
      expect(Math.abs(value - (values[i] ?? NaN))).toBeLessThan(1e-5);
    });
  });

  it('sees a weight that was replaced between two products', () => {
    const x = tf.ones([2, 3]);
    const weight = tf.variable(tf.ones([3, 2]));
    expect(tf.matMul(x, weight).dataSync()[0]).toBe(3);
    weight.assign(tf.fill([3, 2], 2));
    expect(tf.matMul(x, weight).dataSync()[0]).toBe(6);
  });

  it('leaks no tensor', () => {
    const a = tf.ones([4, 8, 8]);
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      tf.matMul(a, a, true, true);
    });
    expect(tf.memory().numTensors).toBe(before);
  });
});
