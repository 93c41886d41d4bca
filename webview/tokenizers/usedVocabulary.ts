/**
 * @file The part of a large vocabulary that a text uses, with dense ids, so that a small model does
 * not carry thousands of rows it never trains. Knows nothing of how the full vocabulary encodes.
 */
import { checkId, joinEncoded, TokenizerError } from './tokenizer';
import type { EncodedPart, Tokenizer } from './tokenizer';

/** The distinct ids among `ids` and the end-of-text token, ascending. */
export function usedIds(ids: ArrayLike<number>, endOfText: number): number[] {
  return [...new Set(Array.from(ids)).add(endOfText)].sort((a, b) => a - b);
}

/**
 * A tokenizer whose ids 0 … used.length − 1 stand for the given ids of the full vocabulary, in
 * order.
 * @param used ids of `full`, ascending and distinct, the end-of-text token among them
 * @throws TokenizerError if they are not
 */
export function usedVocabulary(full: Tokenizer, used: readonly number[]): Tokenizer {
  const { kind } = full;
  if (kind === 'characters') {
    throw new TokenizerError(
      'A vocabulary of characters already holds only what its text uses.',
      'Take it as it is.',
    );
  }
  used.forEach((id, index) => {
    checkId(id, full.vocabularySize);
    const before = used[index - 1];
    if (before !== undefined && before >= id) {
      throw new TokenizerError(
        `Used tokens must ascend, but ${id} follows ${before}.`,
        'Sort them.',
      );
    }
  });
  const denseOf = new Map(used.map((id, dense) => [id, dense]));
  const endOfText = denseOf.get(full.endOfText);
  if (endOfText === undefined) {
    throw new TokenizerError(
      `The used tokens lack the end-of-text token ${full.endOfText}.`,
      'Add it to them.',
    );
  }

  const originalOf = (dense: number): number => {
    checkId(dense, used.length);
    return used[dense] ?? full.endOfText;
  };
  const toDense = (id: number): number => {
    const dense = denseOf.get(id);
    if (dense !== undefined) return dense;
    throw new TokenizerError(
      `The token '${full.labelOf(id)}' (${kind} ${id}) does not occur in the training text, so this model has not ` +
        'learned it.',
      'Use other words, or train with the full vocabulary.',
    );
  };
  function* encodeParts(text: string): Generator<EncodedPart> {
    for (const { ids, consumed } of full.encodeParts(text))
      yield { ids: ids.map(toDense), consumed };
  }

  return {
    kind,
    vocabularySize: used.length,
    endOfText,
    encodeParts,
    encode: (text) => joinEncoded(encodeParts(text)),
    decode: (ids) => full.decode(Array.from(ids, originalOf)),
    labelOf: (dense) => full.labelOf(originalOf(dense)),
    serialize: () => ({ kind, used }),
  };
}

/**
 * Ids of the full vocabulary as the dense ids of `usedVocabulary(full, used)`; every id must be
 * used.
 */
export function toUsedIds(ids: Int32Array, used: readonly number[]): Int32Array {
  const denseOf = new Map(used.map((id, dense) => [id, dense]));
  return ids.map((id) => {
    const dense = denseOf.get(id);
    if (dense !== undefined) return dense;
    throw new TokenizerError(
      `Token ${id} is not among the ${used.length} used tokens.`,
      'Collect them from the same ids.',
    );
  });
}
