/** @file Putting new keys or values into a cache of fixed size. */
import * as tf from '../backends/tf';
import { defineOp } from './defineOp';
import { axisOf, shapeText, type Tensor } from './tensor';

const writeRowsOp = defineOp<[Tensor, Tensor], { at: number }>({
  name: 'writeRows',
  shape: ([cache, rows], { at }) => {
    const size = axisOf(cache.shape, -2);
    const count = axisOf(rows.shape, -2);
    if (at < 0 || at + count > size) {
      throw new Error(
        `writeRows: ${count} rows at ${at} do not fit into ${shapeText(cache.shape)}.`,
      );
    }
    return cache.shape;
  },
  flops: () => 0,
  run: ([cache, rows], { at }) => {
    const [batch = 1, head = 1, size = 0, width = 0] = cache.shape;
    const after = at + axisOf(rows.shape, -2);
    const parts = [
      tf.slice(cache, [0, 0, 0, 0], [batch, head, at, width]),
      rows,
      tf.slice(cache, [0, 0, after, 0], [batch, head, size - after, width]),
    ].filter((part) => part.size > 0);
    return tf.concat(parts, 2);
  },
});

/**
 * The cache [batch × head × key × width] with `rows` [batch × head × new × width] in place of its
 * rows from `at` on. The cache keeps its size, so that every generated token is the same work.
 */
export function writeRows(cache: Tensor, rows: Tensor, at: number): Tensor {
  return writeRowsOp([cache, rows], { at });
}
