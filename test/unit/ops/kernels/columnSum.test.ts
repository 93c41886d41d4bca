/** @file The gradient of a bias on each backend: every row is added, each once. */
import { beforeAll, describe, expect, it } from 'vitest';

import * as tf from '../../../../webview/backends/tf';
import { columnSum } from '../../../../webview/ops/kernels/calls';
import { testedBackends, useBackend } from '../../support/backends';
import { expectClose, normals } from '../../support/numbers';

describe.each(testedBackends)('the gradient of a bias on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it.each([[[1, 1]], [[2, 3]], [[3, 5]], [[300, 7]], [[1023, 4]], [[2, 33, 129]], [[66_000, 2]]])(
    'adds all rows of shape %j',
    async (shape) => {
      const d = shape.at(-1) ?? 1;
      const x = normals(tf.util.sizeFromShape(shape), 1);
      const want = new Float64Array(d);
      x.forEach((value, i) => {
        want[i % d] = (want[i % d] ?? NaN) + value;
      });
      const sums = columnSum(tf.tensor(x, shape));
      expect(sums.shape).toEqual([d]);
      expectClose(await sums.data(), want);
    },
  );
});
