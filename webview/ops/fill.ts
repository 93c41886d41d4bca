/** @file Tensors that are made rather than computed. */
import * as tf from '../backends/tf';
import { defineOp } from './defineOp';
import type { Shape, Tensor } from './tensor';

const zerosOp = defineOp<[Tensor], { shape: Shape }>({
  name: 'zeros',
  shape: (_inputs, { shape }) => shape,
  flops: () => 0,
  run: (_inputs, { shape }) => tf.zeros([...shape]),
});

/** Zeros of a shape. `near` only tells which pass it belongs to: a real one or a dry one. */
export function zeros(near: Tensor, shape: Shape): Tensor {
  return zerosOp([near], { shape });
}

const replaceOp = defineOp<[Tensor, Tensor, Tensor]>({
  name: 'replaceWhere',
  shape: ([x]) => x.shape,
  run: ([x, indicator, replacement]) => tf.where(tf.cast(indicator, 'bool'), replacement, x),
});

/** x where the indicator is 0, the replacement where it is 1; all three of one shape. */
export function replaceWhere(x: Tensor, indicator: Tensor, replacement: Tensor): Tensor {
  return replaceOp([x, indicator, replacement], undefined);
}
