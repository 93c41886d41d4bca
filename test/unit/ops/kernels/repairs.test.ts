/** @file What tfjs computes wrongly on WebGPU past 65,535 workgroups, and we repair. */
import { beforeAll, describe, expect, it } from 'vitest';

import * as tf from '../../../../webview/backends/tf';
import { useBackend } from '../../support/backends';
import { expectClose } from '../../support/numbers';

const many = 65_540;
const counting = (length: number, modulus: number) =>
  Array.from({ length }, (_, i) => (i % modulus) - 2);

/** What `compute` gives on plain CPU and on WebGPU. */
async function onBoth(compute: () => tf.Tensor) {
  await useBackend('cpu');
  const want = await compute().data();
  await useBackend('webgpu');
  const got = await compute().data();
  return { got, want };
}

describe('tfjs on WebGPU past 65,535 workgroups', () => {
  beforeAll(() => useBackend('webgpu'));

  it.each<[string, () => tf.Tensor]>([
    ['softmax over rows', () => tf.softmax(tf.tensor(counting(many * 3, 7), [many, 3]))],
    [
      'matMul over batches',
      () =>
        tf.matMul(
          tf.tensor(counting(many * 6, 5), [2, many / 2, 2, 3]),
          tf.tensor(counting(many * 3, 4), [2, many / 2, 1, 3]),
          false,
          true,
        ),
    ],
    [
      'matMul of a batch by one matrix',
      () => tf.matMul(tf.tensor(counting(many * 2, 5), [many, 1, 2]), tf.ones([1, 2, 2])),
    ],
    [
      'sum of segments',
      () =>
        tf.unsortedSegmentSum(
          tf.tensor(counting(60, 5), [20, 3]),
          tf.tensor1d(
            Array.from({ length: 20 }, (_, i) => many - 1 - (i % 7) ** 3),
            'int32',
          ),
          many,
        ),
    ],
    ['sum over rows', () => tf.sum(tf.tensor(counting(many * 3, 7), [many, 3]), -1)],
    ['mean', () => tf.mean(tf.tensor(counting(many * 3, 7), [many, 3]))],
    [
      'addition of a bias',
      () => tf.add(tf.tensor(counting(many * 3, 7), [many, 3]), tf.tensor([1, 2, 3])),
    ],
    [
      'transposition of heads',
      () => tf.transpose(tf.tensor(counting(many * 4, 11), [many / 4, 4, 2, 2]), [0, 2, 1, 3]),
    ],
    [
      'gather of rows',
      () =>
        tf.gather(
          tf.tensor(counting(200, 13), [50, 4]),
          tf.tensor1d(
            Array.from({ length: many }, (_, i) => i % 50),
            'int32',
          ),
        ),
    ],
    [
      'a sum of forty tensors',
      () => tf.addN(Array.from({ length: 40 }, (_, i) => tf.fill([1100], i * i + 0.5))),
    ],
    ['a sum of one tensor', () => tf.addN([tf.fill([1100], 0.5)])],
    ['slice', () => tf.slice(tf.tensor(counting(many * 4, 7), [many, 4]), [1, 1], [many - 1, 2])],
    ['argMax over rows', () => tf.argMax(tf.tensor(counting(many * 3, 8), [many, 3]), -1)],
  ])('%s agrees with plain CPU', async (_, compute) => {
    const { got, want } = await onBoth(compute);
    expectClose(got, want, 1e-5);
  });

  it('leaks no tensor when a product is taken in parts', async () => {
    await useBackend('webgpu');
    const a = tf.ones([many, 1, 2]);
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      tf.matMul(a, a, false, true);
    });
    expect(tf.memory().numTensors).toBe(before);
  });
});
