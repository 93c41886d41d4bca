/** @file Ops that move numbers and compute none: reshape, transpose, slice. */
import * as tf from '../backends/tf';
import { defineOp } from './defineOp';
import { shapeText, sizeOf, type Shape, type Tensor } from './tensor';

const reshapeOp = defineOp<[Tensor], { shape: Shape }>({
  name: 'reshape',
  shape: ([x], { shape }) => {
    if (sizeOf(shape) !== sizeOf(x.shape)) {
      const counts = `${sizeOf(x.shape)} numbers do not fill ${sizeOf(shape)} places`;
      throw new Error(`reshape: ${shapeText(x.shape)} to ${shapeText(shape)}: ${counts}.`);
    }
    return shape;
  },
  flops: () => 0,
  run: ([x], { shape }) => tf.reshape(x, [...shape]),
});

/** The same numbers in the same order under another shape. */
export function reshape(x: Tensor, shape: Shape): Tensor {
  return reshapeOp([x], { shape });
}

const transposeOp = defineOp<[Tensor], { order: readonly number[] }>({
  name: 'transpose',
  shape: ([x], { order }) =>
    order.map((axis) => {
      const size = x.shape[axis];
      if (size === undefined)
        throw new Error(`transpose: ${shapeText(x.shape)} by [${order.join(', ')}].`);
      return size;
    }),
  flops: () => 0,
  run: ([x], { order }) => tf.transpose(x, [...order]),
});

/** The axes in another order: axis `order[i]` becomes axis i. */
export function transpose(x: Tensor, order: readonly number[]): Tensor {
  return transposeOp([x], { order });
}

const sliceOp = defineOp<[Tensor], { from: number; count: number }>({
  name: 'slice',
  shape: ([x], { from, count }) => {
    const [size = 0, ...rest] = x.shape;
    if (from < 0 || from + count > size) {
      throw new Error(`slice: rows ${from} to ${from + count - 1} of ${shapeText(x.shape)}.`);
    }
    return [count, ...rest];
  },
  flops: () => 0,
  run: ([x], { from, count }) => (count === x.shape[0] ? tf.clone(x) : tf.slice(x, from, count)),
});

/** `count` rows of the first axis, beginning at row `from`. */
export function slice(x: Tensor, from: number, count: number): Tensor {
  return sliceOp([x], { from, count });
}
