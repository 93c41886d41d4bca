/** @file Which elements dropout keeps: those the random key says, the same on each backend. */
import { beforeAll, describe, expect, it } from 'vitest';

import * as tf from '../../../../webview/backends/tf';
import { randomKey, uniform } from '../../../../webview/config/random';
import { applyDropout } from '../../../../webview/ops/kernels/calls';
import { testedBackends, useBackend } from '../../support/backends';

const keyTensor = (key: number) => tf.tensor(Int32Array.of(key), [1], 'int32');

describe.each(testedBackends)('dropout on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it.each([0.1, 0.25, 0.5, 0.9])('keeps exactly the elements drawn at rate %d', async (rate) => {
    for (const site of [0, 1, 2]) {
      const key = randomKey(1337, 'dropout', 7, site);
      const y = await applyDropout(tf.ones([37, 29]), keyTensor(key), rate).data();
      y.forEach((value, i) => {
        expect(value).toBeCloseTo(uniform(key, i) >= rate ? 1 / (1 - rate) : 0, 5);
      });
    }
  });

  it('keeps everything at rate 0', async () => {
    const y = await applyDropout(tf.tensor([1, -2, 3]), keyTensor(5), 0).data();
    expect([...y]).toEqual([1, -2, 3]);
  });

  it('refuses a rate that would drop everything', () => {
    expect(() => applyDropout(tf.ones([2]), keyTensor(1), 1)).toThrow(
      'Dropout rate 1 is not in [0, 1)',
    );
  });
});
