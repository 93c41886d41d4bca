/** @file Dropout: a random share of numbers is set to zero in training, so that no feature is relied on alone. */
import * as tf from '../backends/tf';
import { defineOp } from './defineOp';
import { applyDropout } from './kernels/calls';
import { type Tensor } from './tensor';

const dropoutOp = defineOp<[Tensor, Tensor], { rate: number }>({
  name: 'dropout',
  shape: ([x]) => x.shape,
  run: ([x, key], { rate }) => kernel(key, rate)(x),
});

/**
 * Sets each number to zero with probability `rate` and divides the others by 1 − rate, so that the
 * expected sum stays (Srivastava et al., 2014). Which ones is a hash of `key` (int32 [1]) and the
 * element's index: the same on every backend, and the same again in the backward pass.
 */
export function dropout(x: Tensor, key: Tensor, rate: number): Tensor {
  return rate > 0 ? dropoutOp([x, key], { rate }) : x;
}

function kernel(key: tf.Tensor, rate: number) {
  return tf.customGrad((x) => ({
    value: applyDropout(x as tf.Tensor, key, rate),
    gradFunc: (dy) => applyDropout(dy as tf.Tensor, key, rate),
  }));
}
