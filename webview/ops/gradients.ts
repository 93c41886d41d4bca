/**
 * @file Back-propagation: the derivative of one number with respect to every parameter (tfjs
 * records the tape).
 */
import * as tf from '../backends/tf';
import { realTensor } from './defineOp';
import type { Tensor } from './tensor';

export interface LossAndGradients {
  readonly loss: Tensor;
  /** ∂loss/∂parameter, by the parameter's name, each of its parameter's shape. */
  readonly gradients: ReadonlyMap<string, Tensor>;
}

/**
 * The loss (a scalar) and its gradient for each parameter. A parameter that the loss does not
 * depend on has a gradient of zeros.
 */
export function lossAndGradients(
  parameters: ReadonlyMap<string, Tensor>,
  compute: () => Tensor,
): LossAndGradients {
  const names = [...parameters.keys()];
  const variables = [...parameters.values()].map(realTensor);
  let failure: { readonly error: unknown } | undefined;
  const forward = (): tf.Tensor => {
    try {
      return realTensor(compute());
    } catch (error) {
      // tfjs gives back what its tape holds only after a pass that ended well.
      failure = { error };
      return tf.scalar(0);
    }
  };
  const { value, grads } = tf.engine().gradients(forward, variables, undefined, true);
  if (failure) throw failure.error;
  const gradients = new Map<string, Tensor>();
  names.forEach((name, index) => {
    const variable = variables[index];
    if (variable) gradients.set(name, grads[index] ?? tf.zerosLike(variable));
  });
  return { loss: value, gradients };
}
