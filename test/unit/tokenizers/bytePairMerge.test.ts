/**
 * @file The fast merge against the definition, on made-up vocabularies where ties and overlaps
 * abound.
 */
import { describe, expect, it } from 'vitest';
import { integerBelow, randomKey } from '../../../webview/config/random';
import { bytePairMerge } from '../../../webview/tokenizers/bytePairMerge';

/** The definition: look at every pair, join the lowest rank, the leftmost first. */
function mergeByDefinition(
  bytes: string,
  ranks: ReadonlyMap<string, number>,
): (number | undefined)[] {
  const parts = Array.from(bytes);
  for (;;) {
    let best = -1;
    let bestRank = Infinity;
    for (let i = 0; i + 1 < parts.length; i++) {
      const rank = ranks.get(parts.slice(i, i + 2).join('')) ?? Infinity;
      if (rank < bestRank) [best, bestRank] = [i, rank];
    }
    if (best < 0) return parts.map((part) => ranks.get(part));
    parts.splice(best, 2, parts.slice(best, best + 2).join(''));
  }
}

/**
 * A vocabulary over 'abc' whose tokens are joins of earlier ones, in an order that need not ascend
 * by length.
 */
function randomVocabulary(key: number): Map<string, number> {
  const tokens = ['a', 'b', 'c'];
  for (let i = 0; tokens.length < 20; i++) {
    const left = tokens[integerBelow(key, 2 * i, tokens.length)] ?? '';
    const right = tokens[integerBelow(key, 2 * i + 1, tokens.length)] ?? '';
    const joined = left + right;
    if (joined.length > 6 || tokens.includes(joined)) continue;
    const at = 3 + integerBelow(key, 1000 + i, tokens.length - 2);
    tokens.splice(at, 0, joined);
  }
  return new Map(tokens.map((token, rank) => [token, rank]));
}

describe('bytePairMerge', () => {
  it('joins the lowest rank first and the leftmost of equals: aaa is (aa)a', () => {
    const ranks = new Map(Object.entries({ a: 0, b: 1, aa: 2, ab: 3 }));
    expect(bytePairMerge('aaa', (bytes) => ranks.get(bytes), 2)).toEqual([2, 0]);
    expect(bytePairMerge('aaab', (bytes) => ranks.get(bytes), 2)).toEqual([2, 3]);
    expect(bytePairMerge('', (bytes) => ranks.get(bytes), 2)).toEqual([]);
  });

  it('equals the definition on 2,000 random words over 200 random vocabularies', () => {
    for (let vocabulary = 0; vocabulary < 200; vocabulary++) {
      const key = randomKey(vocabulary, 'batch');
      const ranks = randomVocabulary(key);
      for (let word = 0; word < 10; word++) {
        const letters = Array.from(
          { length: 1 + integerBelow(key, 5000 + word, 60) },
          (_, i) => 'abc'[integerBelow(randomKey(vocabulary, 'stories', word), i, 3)] ?? 'a',
        ).join('');
        expect(bytePairMerge(letters, (bytes) => ranks.get(bytes), 6)).toEqual(
          mergeByDefinition(letters, ranks),
        );
      }
    }
  });
});
