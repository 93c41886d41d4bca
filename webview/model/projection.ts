/**
 * @file A learned affine map of every token's vector, x·W + b: the verb of all modules.
 *
 * @example
 * // W = ((1, 0), (2, 3)) and b = (0, 1): (1, 10) becomes 1·(1, 0) + 10·(2, 3) + (0, 1) = (21, 31).
 */
import type { ModelConfig } from '../config/model';
import { linear } from '../ops/linear';
import type { Tensor } from '../ops/tensor';
import type { ParameterKind, Scope } from '../trace/scope';

/**
 * x [… in] → [… out], with W [in × out] and, where the configuration has biases, b [out].
 *
 * @param axes the names of W's axes, `dModel dMlp`
 * @param kind how W begins: `residualMatrix` where the result is added to the residual stream
 */
export function project(
  scope: Scope,
  config: ModelConfig,
  x: Tensor,
  axes: `${string} ${string}`,
  kind: ParameterKind = 'matrix',
): Tensor {
  const [, outAxis = ''] = axes.split(' ');
  const weight = scope.parameter('weight', axes, kind);
  const bias = config.bias ? scope.parameter('bias', outAxis, 'bias') : undefined;
  return linear(x, weight, bias);
}
