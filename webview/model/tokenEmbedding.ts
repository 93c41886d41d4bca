/**
 * @file Token embedding: an id becomes a vector that training moves to where it is useful.
 *
 * Costs a table of vocab × dModel numbers and no arithmetic: looking up row i is multiplying a
 * one-hot vector with the table, without the zeros. The output may use the same table again
 * (`unembed.ts`).
 *
 * @example
 * // A table of two tokens, (1, 2) and (3, 4): the ids 1, 0, 1 become (3, 4), (1, 2), (3, 4).
 */
import { lookup } from '../ops/lookup';
import type { Tensor } from '../ops/tensor';
import type { Scope } from '../trace/scope';

/** The table itself, [vocab × dModel]. */
export function tokenTable({ parameter }: Scope): Tensor {
  return parameter('tokenTable', 'vocab dModel', 'embedding');
}

/** Ids [batch × position] → vectors [batch × position × dModel]. */
export function embedTokens(scope: Scope, ids: Tensor): Tensor {
  return scope.trace('tokenEmbedding', 'batch position dModel', lookup(tokenTable(scope), ids));
}
