/**
 * @file What every tokenizer offers: text to ids and back, and its plain data. Knows nothing of
 * models or files.
 */
import type { TokenizerKind } from '../config/data';
import { PlaygroundError } from '../config/errors';

/** A stretch of encoded text; the parts of a text, joined, are its encoding. */
export interface EncodedPart {
  readonly ids: Int32Array;
  /** UTF-16 units of the text encoded so far, this part included. */
  readonly consumed: number;
}

export interface Tokenizer {
  readonly kind: TokenizerKind;
  /** The model sees ids 0 … vocabularySize − 1. */
  readonly vocabularySize: number;
  /** The id of the token between documents. No text encodes to it. */
  readonly endOfText: number;
  /**
   * The ids of a text.
   * @throws TokenizerError for a character or token outside the vocabulary
   */
  encode(text: string): Int32Array;
  /**
   * The same ids in parts of a few thousand characters, so that a caller can pause between them.
   */
  encodeParts(text: string): Iterable<EncodedPart>;
  /** The text of the ids; the end-of-text token is the empty string. */
  decode(ids: ArrayLike<number>): string;
  /**
   * One token for display: spaces and line ends made visible, bytes that are no character as
   * `\xE2`.
   */
  labelOf(id: number): string;
  /**
   * Plain JSON that holds all an equal tokenizer is made from, beside the rank file of its kind.
   */
  serialize(): TokenizerData;
}

export type TokenizerData =
  | { readonly kind: 'characters'; readonly characters: string }
  | {
      readonly kind: Exclude<TokenizerKind, 'characters'>;
      /** The tiktoken ids that the model sees, ascending; without it, all of them. */
      readonly used?: readonly number[];
    };

/** A text or an id that the vocabulary cannot represent. */
export class TokenizerError extends PlaygroundError {
  override readonly name = 'TokenizerError';

  constructor(message: string, remedy: string) {
    super({ code: 'tokenizer', message, remedy });
  }
}

const visible: Readonly<Record<string, string>> = {
  ' ': '␣',
  '\n': '⏎',
  '\r': '␍',
  '\t': '⇥',
};

/**
 * A text with every white space visible; other characters that nobody sees, such as those that join
 * the parts of an emoji, as their code point.
 */
export function visibleText(text: string): string {
  return text.replace(
    /[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu,
    (character) => visible[character] ?? codePointName(character),
  );
}

/** `U+00E9` for 'é'. */
export function codePointName(character: string): string {
  const codePoint = character.codePointAt(0) ?? 0;
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Joins the parts of an encoded text. */
export function joinEncoded(parts: Iterable<EncodedPart>): Int32Array {
  const arrays: Int32Array[] = [];
  for (const { ids } of parts) arrays.push(ids);
  return concatenate(arrays);
}

export function concatenate(arrays: readonly Int32Array[]): Int32Array {
  const joined = new Int32Array(arrays.reduce((length, array) => length + array.length, 0));
  let offset = 0;
  for (const array of arrays) {
    joined.set(array, offset);
    offset += array.length;
  }
  return joined;
}

/** @throws TokenizerError unless `id` is an id of the vocabulary */
export function checkId(id: number, vocabularySize: number): void {
  if (Number.isInteger(id) && id >= 0 && id < vocabularySize) return;
  throw new TokenizerError(
    `Token ${id} is outside the vocabulary of ${vocabularySize} tokens.`,
    `Use ids from 0 to ${vocabularySize - 1}.`,
  );
}
