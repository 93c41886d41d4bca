/**
 * @file One block: attention, then the MLP, each reading a normalized copy of the residual stream
 * and adding to it (pre-norm, as GPT-2; Xiong et al., 2020).
 *
 * The stream is the spine of the model: what a block writes, every later one can read, and the
 * gradient travels back along it unhindered.
 *
 * @example
 * // A block whose weights are all zero finds nothing: the stream (1, 3) leaves it as (1, 3).
 * // Without residual connections (0, 0) is left.
 */
import type { ModelConfig } from '../config/model';
import { add } from '../ops/arithmetic';
import type { Tensor } from '../ops/tensor';
import type { Scope } from '../trace/scope';
import { selfAttention } from './attention';
import type { KeyValueCache } from './cache';
import { layerNorm } from './layerNorm';
import { mlp } from './mlp';

/** The residual stream [batch × position × dModel] before a block → after it. */
export function block(scope: Scope, config: ModelConfig, x: Tensor, cache?: KeyValueCache): Tensor {
  const { trace, child } = scope;
  const axes = 'batch position dModel';
  const before = trace('residualBefore', axes, x);

  //   x ← x + attention(norm(x))
  const attended = selfAttention(
    child('selfAttention'),
    config,
    layerNorm(child('attentionNorm'), config, before),
    cache,
  );
  const middle = trace('residualMiddle', axes, join(config, before, attended));

  //   x ← x + MLP(norm(x))
  const after = config.mlp === 'none' ? middle : work(scope, config, middle);
  return trace('residualAfter', axes, after);
}

/** The second half of a block. */
function work({ child }: Scope, config: ModelConfig, middle: Tensor): Tensor {
  const worked = mlp(child('mlp'), config, layerNorm(child('mlpNorm'), config, middle));
  return join(config, middle, worked);
}

/**
 * Adds what a sub-layer found to the stream; without residual connections it takes the stream's
 * place.
 */
function join(config: ModelConfig, stream: Tensor, found: Tensor): Tensor {
  return config.residual ? add(stream, found) : found;
}
