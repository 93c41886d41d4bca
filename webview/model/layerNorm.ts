/**
 * @file LayerNorm (Ba, Kiros and Hinton, 2016): each token's vector is shifted to mean 0 and scaled
 * to variance 1, so that no layer has to cope with the drift of those before it.
 *
 * Costs about eight operations a number: little arithmetic, but every one of them walks through
 * memory, which is why one fused kernel does it when nobody looks inside.
 */
import { add, multiply, reciprocalSquareRoot, shift, square, subtract } from '../ops/arithmetic';
import { fusedLayerNorm } from '../ops/fusedLayerNorm';
import { mean } from '../ops/reduce';
import type { Tensor } from '../ops/tensor';
import type { ModelConfig } from '../config/model';
import type { Scope } from '../trace/scope';

/**
 * x [batch × position × dModel] → the same shape.
 *
 * @example
 * // A vector (1, 3) has mean 2 and variance 1, so that it becomes (−1, 1).
 */
export function layerNorm(scope: Scope, config: ModelConfig, x: Tensor): Tensor {
  const { trace, parameter, watches } = scope;
  const axes = 'batch position dModel';
  const gain = parameter('gain', 'dModel', 'gain');
  const bias = config.bias ? parameter('bias', 'dModel', 'bias') : undefined;

  // Fast path: the same numbers from one kernel, which has no mean and no variance to look at.
  if (!watches('mean', 'variance', 'normalized')) {
    return trace('output', axes, fusedLayerNorm(x, gain, bias, config.normEpsilon));
  }

  //   μ = mean(x)
  const center = trace('mean', 'batch position one', mean(x));
  const centered = subtract(x, center);

  //   σ² = mean((x − μ)²)
  const variance = trace('variance', 'batch position one', mean(square(centered)));

  // ε keeps a constant vector, whose variance is 0, from dividing by zero.
  //   x̂ = (x − μ) / √(σ² + ε)
  const deviation = reciprocalSquareRoot(shift(variance, config.normEpsilon));
  const normalized = trace('normalized', axes, multiply(centered, deviation));

  // The norm took away scale and offset; the model may learn back what it needs.
  //   y = x̂ · gain + bias
  const scaled = multiply(normalized, gain);
  return trace('output', axes, bias ? add(scaled, bias) : scaled);
}
