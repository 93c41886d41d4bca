/**
 * @file What a part says on average, in the place of what it says at each token. Where a model must
 * not see its future, neither may a mean: one over the whole text would tell every token of all
 * that come after it.
 */
import type { ModelShape } from '../config/model';
import { reshape, transpose } from '../ops/arrange';
import { add } from '../ops/arithmetic';
import { zeros } from '../ops/fill';
import { matMul } from '../ops/matMul';
import { meanOver } from '../ops/reduce';
import { axisOf, sizeOf, type Tensor } from '../ops/tensor';
import { tensor } from '../ops/values';
import { axisNames, type Axes } from './axes';

/** Axes that tell one token from another. */
const tokenAxes = ['position', 'query', 'key'];

/**
 * The mean of a value over tokens, in the value's own shape.
 *
 * - What relates two tokens, a query to a key, is averaged over the batch alone: over queries, each
 *   would get a share of its own future. Of a single row nothing changes.
 * - With the causal mask, a token has the mean over the tokens up to its own, itself included. Each
 *   row of the batch is averaged by itself: rows may be windows of one corpus that overlap, so that
 *   one row holds what comes next in another.
 * - Without a mask every token sees all others: the mean is over the batch and all tokens.
 */
export function tokenMean(value: Tensor, axes: Axes, mask: ModelShape['mask']): Tensor {
  const names = axisNames(axes);
  const along = names.flatMap((name, axis) => (tokenAxes.includes(name) ? [axis] : []));
  const [token, second] = along;
  if (mask === 'causal' && token !== undefined && second === undefined) {
    return runningMean(value, token);
  }
  const batch = names.flatMap((name, axis) => (name === 'batch' ? [axis] : []));
  const over = second === undefined ? [...batch, ...along] : batch;
  return add(zeros(value, value.shape), meanOver(value, over));
}

/**
 * The mean over an axis up to each place of it: [before … T after …] → the same shape.
 *
 *   mean[t] = 1/(t + 1) Σ x[s] over s ≤ t, which is A x with A the averaging matrix [T × T]
 */
function runningMean(value: Tensor, axis: number): Tensor {
  const { shape } = value;
  const count = axisOf(shape, axis);
  const before = sizeOf(shape.slice(0, axis));
  const after = sizeOf(shape.slice(axis + 1));
  // [before × after × T]: a matrix that is used for all stands on the right, so A transposed.
  const x = transpose(reshape(value, [before, count, after]), [0, 2, 1]);
  const means = matMul(x, averagingMatrix(count), { transposeB: true });
  return reshape(transpose(means, [0, 2, 1]), shape);
}

/** Row t has 1/(t + 1) in its first t + 1 columns and zeros after them: [T × T]. */
function averagingMatrix(count: number): Tensor {
  const values = new Float32Array(count * count);
  for (let row = 0; row < count; row++) {
    values.fill(1 / (row + 1), row * count, row * count + row + 1);
  }
  return tensor(values, [count, count]);
}
