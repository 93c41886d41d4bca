/**
 * @file Multi-head causal self-attention (Vaswani et al., 2017, §3.2): each token looks at those
 * before it and takes over what it finds worth knowing.
 *
 * Costs 4 · dModel² multiplications a token for the projections and 2 · position · dModel for
 * looking, however many heads split dModel: time grows with the square of the context. So does
 * memory, by head: each keeps scores and a pattern of its own, position² numbers.
 *
 * @example
 * // Two tokens, one head of one dimension, queries (1, 1), keys (0, 0): the first token may see
 * // only itself, pattern (1, 0); the second finds both equally interesting, pattern (½, ½).
 */
import { headWidth, type ModelConfig } from '../config/model';
import { scale } from '../ops/arithmetic';
import { zeros } from '../ops/fill';
import { maskFuture } from '../ops/maskFuture';
import { matMul } from '../ops/matMul';
import { softmax } from '../ops/softmax';
import { axisOf, type Tensor } from '../ops/tensor';
import type { Scope } from '../trace/scope';
import type { KeyValueCache } from './cache';
import { joinHeads, splitHeads } from './heads';
import { project } from './projection';

/** x [batch × position × dModel] → what each token takes over, the same shape. */
export function selfAttention(
  scope: Scope,
  config: ModelConfig,
  x: Tensor,
  cache?: KeyValueCache,
): Tensor {
  const { trace, child, drop } = scope;

  // What a token offers to those who look at it.
  //   V = x W_V + b_V
  const offered = splitHeads(project(child('value'), config, x, 'dModel dHeads'), config.heads);
  const values = trace('values', 'batch head key dHead', remember(scope, 'values', offered, cache));

  // How interesting each token is to each other.
  const scores =
    config.attention === 'learned'
      ? learnedScores(scope, config, x, cache)
      : uniformScores(offered, values);

  // A token must not see its own future, which it is trained to predict.
  const visible = config.mask === 'causal' ? maskFuture(scores, cache?.length) : scores;

  // The scores of each query become shares that sum to one.
  //   pattern = softmax(mask(scores))
  const pattern = trace('pattern', 'batch head query key', softmax(visible));

  // Each token takes over the values of those it looks at, by their shares.
  //   z = pattern V
  const taken = matMul(drop('pattern', pattern), values);
  const weighted = trace('weightedValues', 'batch head query dHead', taken);

  // What the heads found, side by side, is written back in the model's own coordinates.
  //   output = concat(z₁ … z_h) W_O + b_O
  const found = joinHeads(weighted);
  const output = project(child('output'), config, found, 'dHeads dModel', 'residualMatrix');
  return trace('output', 'batch position dModel', drop('output', output));
}

/** [batch × head × query × key]: each token chooses whom to look at. */
function learnedScores(
  scope: Scope,
  config: ModelConfig,
  x: Tensor,
  cache: KeyValueCache | undefined,
): Tensor {
  const { trace, child } = scope;

  // What a token looks for, and what it can be found by.
  //   Q = x W_Q + b_Q    K = x W_K + b_K
  const sought = splitHeads(project(child('query'), config, x, 'dModel dHeads'), config.heads);
  const found = splitHeads(project(child('key'), config, x, 'dModel dHeads'), config.heads);
  const queries = trace('queries', 'batch head query dHead', sought);
  const keys = trace('keys', 'batch head key dHead', remember(scope, 'keys', found, cache));

  // Each query scores every key. Dividing by √dHead keeps the spread of the scores independent of
  // the head's size, so that softmax neither saturates nor flattens when heads grow.
  //   scores = Q Kᵀ / √dHead
  const products = matMul(queries, keys, { transposeB: true });
  return trace('scores', 'batch head query key', scale(products, 1 / Math.sqrt(headWidth(config))));
}

/**
 * Scores that are all equal, so that each token averages what it may see (a rung of the ladder).
 */
function uniformScores(offered: Tensor, values: Tensor): Tensor {
  const [batch = 1, heads = 1, query = 1] = offered.shape;
  return zeros(values, [batch, heads, query, axisOf(values.shape, 2)]);
}

/** While text is written, the keys and values of earlier tokens come from the cache. */
function remember(
  scope: Scope,
  name: string,
  fresh: Tensor,
  cache: KeyValueCache | undefined,
): Tensor {
  return cache ? cache.extend(`${scope.path}.${name}`, fresh) : fresh;
}
