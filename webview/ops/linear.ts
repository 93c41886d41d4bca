/** @file The affine map x·W + b, the building block of every projection. */
import * as tf from '../backends/tf';
import { defineOp } from './defineOp';
import { axisOf, shapeText, sizeOf, type Tensor } from './tensor';

const linearOp = defineOp<[Tensor, Tensor, ...Tensor[]]>({
  name: 'linear',
  shape: ([x, weight]) => {
    if (axisOf(x.shape, -1) !== axisOf(weight.shape, 0)) {
      throw new Error(`linear: ${shapeText(x.shape)} · ${shapeText(weight.shape)} does not fit.`);
    }
    return [...x.shape.slice(0, -1), axisOf(weight.shape, 1)];
  },
  flops: ([x], result) => 2 * sizeOf(result) * axisOf(x.shape, -1),
  run: ([x, weight, bias]) => {
    const rows = tf.reshape(x, [-1, axisOf(x.shape, -1)]);
    const product = tf.matMul(rows, weight);
    const sum = bias ? tf.add(product, bias) : product;
    return tf.reshape(sum, [...x.shape.slice(0, -1), axisOf(weight.shape, 1)]);
  },
});

/**
 * x·W + b: [… in] · [in × out] + [out] → [… out]. Without a bias only x·W. Every row of x is mapped
 * by itself.
 */
export function linear(x: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  return linearOp(bias ? [x, weight, bias] : [x, weight], undefined);
}
