/**
 * @file What counting alone achieves: the cross-entropy of a bigram and a trigram, the lines a
 * transformer must pass. Knows ids only.
 */
import { CountTable } from './countTable';

/** Cross-entropies in nats per token. */
export interface Baselines {
  /** All tokens equally likely: ln V. */
  readonly uniform: number;
  readonly bigram: number;
  readonly trigram: number;
}

/** What followed the contexts of one length. */
interface Followers {
  /** How often a context was followed by anything: N(h). */
  readonly total: CountTable;
  /** By how many different tokens: T(h). */
  readonly types: CountTable;
  /** How often by one token: N(h w). */
  readonly pairs: CountTable;
}

/**
 * Counts on `train`, and judges on every token of `validation` but the first, whose context is not
 * in it. (The second has one token of context; there the trigram is the bigram.)
 *
 * Interpolated by Witten and Bell (1991, method C): a context followed by T(h) different tokens
 * trusts its counts N(h) by N / (N + T) and the context one shorter for the rest:
 *   p(w | h) = (N(h w) + T(h) · p(w | h′)) / (N(h) + T(h))
 * down to the unigram, which is interpolated with the uniform distribution, so that every token of
 * the vocabulary has a probability. A context never seen is the shorter one.
 *
 * @param vocabularySize at most 200,000, so that a key of three tokens is an exact integer
 * @returns undefined if `validation` has fewer than two tokens
 */
export function ngramBaselines(
  train: Int32Array,
  validation: Int32Array,
  vocabularySize: number,
): Baselines | undefined {
  const judged = validation.length - 1;
  if (judged < 1) return undefined;
  const V = vocabularySize;
  const byNothing = followers();
  const byOne = followers();
  const byTwo = followers();
  let before2 = -1;
  let before = -1;
  for (const token of train) {
    count(byNothing, 0, token, V);
    if (before >= 0) count(byOne, before, token, V);
    if (before2 >= 0) count(byTwo, before2 * V + before, token, V);
    before2 = before;
    before = token;
  }

  let bigram = 0;
  let trigram = 0;
  before2 = -1;
  before = -1;
  for (const token of validation) {
    if (before >= 0) {
      const one = interpolate(byNothing, 0, token, V, 1 / V);
      const two = interpolate(byOne, before, token, V, one);
      bigram -= Math.log(two);
      // The second token has no context of two: a negative key, which was never counted.
      trigram -= Math.log(interpolate(byTwo, before2 * V + before, token, V, two));
    }
    before2 = before;
    before = token;
  }
  return { uniform: Math.log(V), bigram: bigram / judged, trigram: trigram / judged };
}

function followers(): Followers {
  return { total: new CountTable(), types: new CountTable(), pairs: new CountTable() };
}

function count(counts: Followers, context: number, token: number, V: number): void {
  counts.total.increment(context);
  if (counts.pairs.increment(context * V + token) === 0) counts.types.increment(context);
}

function interpolate(
  counts: Followers,
  context: number,
  token: number,
  V: number,
  shorter: number,
): number {
  const total = counts.total.get(context);
  if (total === 0) return shorter;
  const types = counts.types.get(context);
  return (counts.pairs.get(context * V + token) + types * shorter) / (total + types);
}
