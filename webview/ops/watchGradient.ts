/**
 * @file The identity, with an ear on its gradient: how a probe reads ∂/∂value in the middle of a
 * model.
 */
import * as tf from '../backends/tf';
import { realTensor } from './defineOp';
import { SymbolicTensor } from './graph';
import type { Tensor } from './tensor';
import { withGradient } from './withGradient';

/**
 * Returns x; in the backward pass `receive` is given a copy of x's gradient, which it must dispose.
 */
export function watchGradient(x: Tensor, receive: (gradient: Tensor) => void): Tensor {
  if (x instanceof SymbolicTensor) return x;
  const value = realTensor(x);
  return withGradient({
    inputs: [value],
    compute: () => tf.clone(value),
    gradient: (dy) => {
      receive(tf.keep(tf.clone(dy)));
      return dy;
    },
  });
}
