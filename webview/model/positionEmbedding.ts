/**
 * @file Learned positions (GPT-2): one vector for each place in the context, added to the token's.
 *
 * Attention by itself sees a set, not a sequence: the sum tells it where a token stands. Costs
 * context × dModel numbers; places beyond the trained context have no vector. Without positions,
 * the causal mask alone lets a model infer some order.
 *
 * @example
 * // A table of three places, (1, 2), (3, 4), (5, 6): two tokens stand on (1, 2) and (3, 4); after
 * // one token that a cache holds, they stand on (3, 4) and (5, 6).
 */
import { slice } from '../ops/arrange';
import { axisOf, type Tensor } from '../ops/tensor';
import type { Scope } from '../trace/scope';

/**
 * The vectors of the places on which `ids` [batch × position] stand, [position × dModel]. The first
 * of them stands at `firstPosition`: with a cache, the number of tokens already in it.
 */
export function embedPositions(scope: Scope, ids: Tensor, firstPosition: number): Tensor {
  const table = scope.parameter('positionTable', 'context dModel', 'embedding');
  const places = slice(table, firstPosition, axisOf(ids.shape, 1));
  return scope.trace('positionEmbedding', 'position dModel', places);
}
