/** @file The numbers AdamW needs at one step, as every backend reads them. Knows no tensors. */

/** AdamW's options (Loshchilov & Hutter, 2019). */
export interface AdamWOptions {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Share of a parameter that is taken away each step, times the learning rate. */
  readonly weightDecay: number;
}

/** Where each number stands in the tensor of `adamWHyper`. */
export const hyperIndex = {
  learningRate: 0,
  beta1: 1,
  oneMinusBeta1: 2,
  beta2: 3,
  oneMinusBeta2: 4,
  epsilon: 5,
  weightDecay: 6,
  correction1: 7,
  correction2: 8,
} as const;

/**
 * The numbers of one step, counted from 1: 1 − β and the bias corrections 1/(1 − βᵗ) are computed
 * in double and then rounded, since in float32 1 − 0.999 alone is off by 1.3e-5.
 */
export function adamWHyper(options: AdamWOptions, step: number): Float32Array {
  const { learningRate, beta1, beta2, epsilon, weightDecay } = options;
  return Float32Array.of(
    learningRate,
    beta1,
    1 - beta1,
    beta2,
    1 - beta2,
    epsilon,
    weightDecay,
    1 / (1 - beta1 ** step),
    1 / (1 - beta2 ** step),
  );
}
