/**
 * @file Joins a forward computation to its own gradient, where a kernel of ours knows better than
 * tfjs's tape.
 */
import * as tf from '../backends/tf';

export interface WithGradient<
  Inputs extends readonly tf.Tensor[],
  Constants extends readonly tf.Tensor[],
> {
  /** What the gradient flows to. */
  readonly inputs: Inputs;
  /** What the gradient needs beside them, such as ids. */
  readonly constants?: Constants;
  readonly compute: () => tf.Tensor;
  /**
   * The gradient of each input, in their order, from the value's gradient `dy`. It must use only
   * what it is handed: the tape keeps that alive, and nothing else of the forward pass.
   */
  readonly gradient: (
    dy: tf.Tensor,
    saved: { readonly inputs: Inputs; readonly constants: Constants; readonly value: tf.Tensor },
  ) => tf.Tensor | tf.Tensor[];
}

/** The value of `compute`, with that gradient. */
export function withGradient<
  const Inputs extends readonly tf.Tensor[],
  const Constants extends readonly tf.Tensor[] = [],
>({ inputs, constants, compute, gradient }: WithGradient<Inputs, Constants>): tf.Tensor {
  const joined = tf.customGrad((...received) => {
    const save = received.at(-1) as tf.GradSaveFunc;
    const value = compute();
    save([value, ...inputs, ...(constants ?? [])]);
    return {
      value,
      gradFunc: (dy, saved) => {
        const [savedValue = value, ...others] = saved;
        return gradient(dy, {
          inputs: others.slice(0, inputs.length) as unknown as Inputs,
          constants: others.slice(inputs.length) as unknown as Constants,
          value: savedValue,
        });
      },
    };
  });
  return joined(...inputs);
}
