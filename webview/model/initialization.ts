/**
 * @file Where the weights begin. Neither zero, which would make all units equal for ever, nor
 * large, which would let the residual stream grow with every block.
 *
 * @example
 * // A matrix of 16 rows starts at σ = ¼; one that writes to the stream of 2 layers, at σ = ⅛.
 */
import type { ModelConfig } from '../config/model';
import { normal } from '../config/random';
import { sizeOf, type Shape } from '../ops/tensor';
import type { ParameterKind } from '../trace/scope';

/**
 * Standard deviation of GPT-2's weights (`initializer_range` in Hugging Face's configuration), and
 * of all embeddings here.
 */
const small = 0.02;

/**
 * The first values of a parameter, in row-major order. `key` is its random key: one seed gives one
 * initialization.
 */
export function initialValues(
  config: ModelConfig,
  kind: ParameterKind,
  shape: Shape,
  key: number,
): Float32Array {
  const values = new Float32Array(sizeOf(shape));
  if (kind === 'gain') return values.fill(1);
  if (kind === 'bias') return values;
  const deviation = standardDeviation(config, kind, shape);
  return values.map((_, element) => deviation * normal(key, element));
}

/**
 * `scaled`: a matrix starts at 1/√fan-in, which keeps the spread of its output that of its input.
 * What is added to the residual stream, 2 · layers times, is divided by √(2 · layers), so that the
 * stream does not grow with depth: Radford et al., 2019, §2.3, “a factor of 1/√N where N is the
 * number of residual layers”, of which each block has two.
 *   σ = 1 / √fan-in        σ_residual = σ / √(2 · layers)
 * `gpt2`: σ = 0.02 for all but the residual projections: a good size when dModel is 768, and so
 * small when dModel is 64 that attention starts almost blind.
 */
function standardDeviation(config: ModelConfig, kind: ParameterKind, shape: Shape): number {
  if (kind === 'embedding') return small;
  const [fanIn = 1] = shape;
  const deviation = config.initialization === 'gpt2' ? small : 1 / Math.sqrt(fanIn);
  return kind === 'residualMatrix' ? deviation / Math.sqrt(2 * config.layers) : deviation;
}
