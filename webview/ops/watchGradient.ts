/** @file The identity, with an ear on its gradient: how a probe reads ∂/∂value in the middle of a model. */
import * as tf from '../backends/tf';
import { realTensor } from './defineOp';
import { SymbolicTensor } from './graph';
import { type Tensor } from './tensor';

/** Returns x; in the backward pass `receive` is given a copy of x's gradient, which it must dispose. */
export function watchGradient(x: Tensor, receive: (gradient: Tensor) => void): Tensor {
  if (x instanceof SymbolicTensor) return x;
  const identity = tf.customGrad((value) => ({
    value: tf.clone(value as tf.Tensor),
    gradFunc: (dy) => {
      const gradient = dy as tf.Tensor;
      receive(tf.keep(tf.clone(gradient)));
      return gradient;
    },
  }));
  return identity(realTensor(x));
}
