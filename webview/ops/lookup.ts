/** @file Taking rows of a table by their ids: how a token becomes a vector. */
import * as tf from '../backends/tf';
import { defineOp } from './defineOp';
import { embeddingGradient } from './kernels/calls';
import { axisOf, sizeOf, type Tensor } from './tensor';
import { withGradient } from './withGradient';

const lookupOp = defineOp<[Tensor, Tensor]>({
  name: 'lookup',
  shape: ([table, ids]) => [...ids.shape, axisOf(table.shape, 1)],
  flops: () => 0,
  run: ([table, ids]) => {
    const [rows = 0, width = 0] = table.shape;
    const flat = tf.reshape(ids, [sizeOf(ids.shape)]);
    // A row's gradient is the sum over all places that looked it up, added in their order: the same
    // bits every time.
    const rowsFound = withGradient({
      inputs: [table],
      constants: [flat],
      compute: () => tf.gather(table, flat),
      gradient: (dy, saved) => embeddingGradient(saved.constants[0], dy, rows),
    });
    return tf.reshape(rowsFound, [...ids.shape, width]);
  },
});

/**
 * Row `ids[…]` of a table for each id: [rows × width], [… ] → [… width]. The same as multiplying a
 * one-hot vector with the table, without the multiplications by zero.
 */
export function lookup(table: Tensor, ids: Tensor): Tensor {
  return lookupOp([table, ids], undefined);
}
