/** @file Sums over leading axes on WASM: what plain CPU gives. */
import { beforeAll, describe, expect, it } from 'vitest';

import * as tf from '../../../../webview/backends/tf';
import { useBackend } from '../../support/backends';
import { expectClose, normals } from '../../support/numbers';

describe('tf.sum on WASM', () => {
  beforeAll(() => useBackend('wasm'));

  it.each<[number[], number | number[] | undefined, boolean]>([
    [[5, 7], 0, false],
    [[5, 7], 0, true],
    [[2, 3, 4], [0, 1], false],
    [[2, 3, 4], [1, 0], true],
    [[2, 3, 4], [0], false],
    [[2, 3, 4], -1, false],
    [[2, 3, 4], [0, 2], false],
    [[2, 3, 4], undefined, false],
    [[4], 0, false],
  ])('of shape %j over %j (kept: %s) is what plain CPU gives', async (shape, axis, keep) => {
    const x = normals(tf.util.sizeFromShape(shape), 1);
    const sum = () => tf.sum(tf.tensor(x, shape), axis, keep);
    const got = sum();
    await useBackend('cpu');
    const want = sum();
    expect(got.shape).toEqual(want.shape);
    expectClose(got.dataSync(), want.dataSync(), 1e-6);
    await useBackend('wasm');
  });

  it('gives a bias the gradient of all its rows', async () => {
    const x = tf.ones([6, 3]);
    const gradient = tf.grad((bias) => tf.sum(tf.add(x, bias)))(tf.zeros([3]));
    expect([...(await gradient.data())]).toEqual([6, 6, 6]);
  });
});
