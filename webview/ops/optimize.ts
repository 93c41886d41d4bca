/**
 * @file The ops of an update: how long the whole gradient is, and one AdamW step of a parameter.
 */
import * as tf from '../backends/tf';
import { realTensor, realVariable } from './defineOp';
import { adamWHyper, type AdamWOptions } from './kernels/adamWHyper';
import { squaredSum, updateAdamW } from './kernels/calls';
import type { Tensor } from './tensor';

/** √Σ g² over all gradients, a scalar: the length of the gradient as one long vector. */
export function globalNorm(gradients: Iterable<Tensor>): Tensor {
  const sums = [...gradients].map((gradient) => squaredSum(realTensor(gradient)));
  return tf.sqrt(tf.addN(sums));
}

/**
 * The factor that shortens a gradient of length `norm` to at most `limit`, a scalar:
 * min(1, limit / norm). A limit of 0 leaves it as it is.
 */
export function clipFactor(norm: Tensor, limit: number): Tensor {
  if (limit === 0) return tf.scalar(1);
  return tf.minimum(1, tf.div(limit, realTensor(norm)));
}

/** The numbers of AdamW's step `step` (the first is 1), as one tensor. */
export function adamWNumbers(options: AdamWOptions, step: number): Tensor {
  return tf.tensor1d(adamWHyper(options, step));
}

/** One parameter's update. */
export interface Update {
  /** Made by `variable`. */
  readonly parameter: Tensor;
  readonly gradient: Tensor;
  /** Running mean of the gradient and of its square, changed in place. */
  readonly mean: Tensor;
  readonly meanSquare: Tensor;
  readonly numbers: Tensor;
  /** Factor of the gradient, from `clipFactor`. */
  readonly scale: Tensor;
  /** Whether weight decay pulls this parameter towards zero. */
  readonly decay: boolean;
}

/** AdamW (Loshchilov and Hutter, 2019): Adam's step, with weight decay apart from the gradient. */
export function adamWStep({
  parameter,
  gradient,
  mean,
  meanSquare,
  numbers,
  scale,
  decay,
}: Update): void {
  updateAdamW({
    parameter: realVariable(parameter),
    gradient: realTensor(gradient),
    m: realVariable(mean),
    v: realVariable(meanSquare),
    hyper: realTensor(numbers),
    scale: realTensor(scale),
    decay,
  });
}
