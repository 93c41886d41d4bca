/**
 * @file From the residual stream back to tokens: a final norm, then one score a token of the
 * vocabulary.
 *
 * A function of its own, since it can be asked of the stream at any depth: what would the model say
 * if it had to answer here? (The logit lens; nostalgebraist, 2020.) Costs dModel · vocab
 * multiplications a token.
 *
 * @example
 * // Three tokens, (1, 0), (0, 1) and (1, 1): the stream (1, 3) is normalized to (−1, 1) and scores
 * // (−1, 1, 0), so that the second token is the likeliest.
 */
import type { ModelConfig } from '../config/model';
import { matMul } from '../ops/matMul';
import type { Tensor } from '../ops/tensor';
import type { Scope } from '../trace/scope';
import { layerNorm } from './layerNorm';
import { tokenTable } from './tokenEmbedding';

/** The residual stream [batch × position × dModel] → logits [batch × position × vocab]. */
export function unembed(scope: Scope, config: ModelConfig, residual: Tensor): Tensor {
  const normalized = layerNorm(scope.child('finalNorm'), config, residual);

  // A token scores high where the stream points along its vector. With a tied output these are the
  // vectors of the embedding itself, and no inverse of it: E Eᵀ is not the identity.
  //   logits = norm(x) Eᵀ
  const table = config.tied
    ? tokenTable(scope)
    : scope.parameter('outputTable', 'vocab dModel', 'embedding');
  const scores = matMul(normalized, table, { transposeB: true });
  return scope.trace('logits', 'batch position vocab', scores);
}
