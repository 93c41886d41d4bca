/**
 * @file Splitting a vector into heads, each of which attends by itself, and putting the heads side
 * by side again. No number changes.
 *
 * @example
 * // Two tokens, (1, 2, 3, 4) and (5, 6, 7, 8), two heads: the first sees (1, 2) and (5, 6), the
 * // second (3, 4) and (7, 8).
 */
import { reshape, transpose } from '../ops/arrange';
import { axisOf, type Tensor } from '../ops/tensor';

/** [batch × position × heads·dHead] → [batch × head × position × dHead] */
export function splitHeads(x: Tensor, heads: number): Tensor {
  const [batch = 1, position = 1] = x.shape;
  const split = reshape(x, [batch, position, heads, axisOf(x.shape, 2) / heads]);
  return transpose(split, [0, 2, 1, 3]);
}

/** [batch × head × position × dHead] → [batch × position × heads·dHead] */
export function joinHeads(x: Tensor): Tensor {
  const [batch = 1, heads = 1, position = 1, dHead = 1] = x.shape;
  return reshape(transpose(x, [0, 2, 1, 3]), [batch, position, heads * dHead]);
}
