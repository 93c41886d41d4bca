/** @file Looking up rows on WASM: what plain CPU gives, and an error where that gives none. */
import { beforeAll, describe, expect, it } from 'vitest';

import * as tf from '../../../../webview/backends/tf';
import { useBackend } from '../../support/backends';
import { normals } from '../../support/numbers';

const ids = (values: number[], shape: number[]) => tf.tensor(values, shape, 'int32');

describe('looking up rows on WASM', () => {
  beforeAll(() => useBackend('wasm'));

  it.each<[number[], number]>([
    [[5, 3], 0],
    [[5, 2, 3], 0],
    [[5], 0],
    [[3, 5], 1],
  ])('of a table %j along axis %i is what plain CPU gives', async (shape, axis) => {
    const x = normals(tf.util.sizeFromShape(shape), 1);
    const look = () => tf.gather(tf.tensor(x, shape), ids([4, 0, 0, 2, 3, 1], [2, 3]), axis);
    const got = look();
    await useBackend('cpu');
    const want = look();
    expect(got.shape).toEqual(want.shape);
    expect([...got.dataSync()]).toEqual([...want.dataSync()]);
    await useBackend('wasm');
  });

  it('names an id that the table does not have', () => {
    expect(() => tf.gather(tf.ones([5, 2]), ids([1, 7], [2]))).toThrow(
      'Id 7 is not in a table of 5 rows',
    );
  });
});
