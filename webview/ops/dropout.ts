/**
 * @file Dropout: a random share of numbers is set to zero in training, so that no feature is relied
 * on alone.
 */
import { defineOp } from './defineOp';
import { applyDropout } from './kernels/calls';
import type { Tensor } from './tensor';
import { withGradient } from './withGradient';

const dropoutOp = defineOp<[Tensor, Tensor], { rate: number }>({
  name: 'dropout',
  shape: ([x]) => x.shape,
  run: ([x, key], { rate }) =>
    withGradient({
      inputs: [x],
      constants: [key],
      compute: () => applyDropout(x, key, rate),
      gradient: (dy, saved) => applyDropout(dy, saved.constants[0], rate),
    }),
});

/**
 * Sets each number to zero with probability `rate` and divides the others by 1 − rate, so that the
 * expected sum stays (Srivastava et al., 2014). Which ones is a hash of `key` (int32 [1]) and the
 * element's index: the same on every backend, and the same again in the backward pass.
 */
export function dropout(x: Tensor, key: Tensor, rate: number): Tensor {
  return rate > 0 ? dropoutOp([x, key], { rate }) : x;
}
