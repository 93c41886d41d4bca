/**
 * @file The whole decoder: embeddings, a stack of blocks, and the way back to tokens. With GPT-2's
 * configuration it is GPT-2 (Radford et al., 2019), to the digit.
 *
 * Costs about one multiplication and one addition a parameter and token forward (2 FLOPs), twice
 * that backward, and attention's share that grows with the square of the context.
 *
 * @example
 * // No layers, no positions, two tokens (0, 2) and (2, 0): the first is normalized to (−1, 1) and
 * // gives the logits (2, −2). Without blocks, a tied model begins with the token it sees.
 */
import type { ModelConfig } from '../config/model';
import { add } from '../ops/arithmetic';
import type { Tensor } from '../ops/tensor';
import type { Scope } from '../trace/scope';
import { block } from './block';
import type { KeyValueCache } from './cache';
import { embedPositions } from './positionEmbedding';
import { embedTokens } from './tokenEmbedding';
import { unembed } from './unembed';

/** Token ids [batch × position] → for each place, the logits of the token after it [… vocab]. */
export function gpt(scope: Scope, config: ModelConfig, ids: Tensor, cache?: KeyValueCache): Tensor {
  const tokens = embedTokens(scope, ids);
  const placed =
    config.positions === 'learned'
      ? add(tokens, embedPositions(scope, ids, cache?.length ?? 0))
      : tokens;

  let stream = scope.drop('embedding', placed);
  for (let layer = 0; layer < config.layers; layer++) {
    stream = block(scope.child(`decoder.${layer}`), config, stream, cache);
  }
  return unembed(scope, config, stream);
}
