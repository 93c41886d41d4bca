/**
 * @file One token a character: the vocabulary is what a text is written in. Knows nothing of bytes
 * or merges.
 */
import { endOfTextLabel } from '../config/endOfText';
import { checkId, codePointName, joinEncoded, TokenizerError, visibleText } from './tokenizer';
import type { EncodedPart, Tokenizer } from './tokenizer';

const partLength = 1 << 16;

/**
 * A tokenizer over the distinct characters of the texts: ids ascend with the code point, so that
 * the same characters give the same ids in whatever order they occur; the last id is the
 * end-of-text token.
 */
export function charactersOf(texts: Iterable<string>): Tokenizer {
  const characters = new Set<string>();
  for (const text of texts) for (const character of text) characters.add(character);
  return characterTokenizer(characters);
}

/** A tokenizer over distinct characters, in any order. */
export function characterTokenizer(alphabet: Iterable<string>): Tokenizer {
  const characters = [...new Set(alphabet)].sort(
    (a, b) => (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0),
  );
  const idOf = new Map(characters.map((character, id) => [character, id]));
  const endOfText = characters.length;
  const vocabularySize = endOfText + 1;

  function* encodeParts(text: string): Generator<EncodedPart> {
    for (let start = 0; start < text.length;) {
      const end = endOfPart(text, start);
      const ids: number[] = [];
      for (const character of text.slice(start, end)) {
        const id = idOf.get(character);
        if (id === undefined) throw unknownCharacter(character);
        ids.push(id);
      }
      yield { ids: Int32Array.from(ids), consumed: end };
      start = end;
    }
  }

  return {
    kind: 'characters',
    vocabularySize,
    endOfText,
    encodeParts,
    encode: (text) => joinEncoded(encodeParts(text)),
    decode(ids) {
      let text = '';
      for (const id of Array.from(ids)) {
        checkId(id, vocabularySize);
        text += characters[id] ?? '';
      }
      return text;
    },
    labelOf(id) {
      checkId(id, vocabularySize);
      const character = characters[id];
      return character === undefined ? endOfTextLabel : visibleText(character);
    },
    serialize: () => ({ kind: 'characters', characters: characters.join('') }),
  };
}

/** Parts end between code points, never inside a surrogate pair. */
function endOfPart(text: string, start: number): number {
  const end = Math.min(start + partLength, text.length);
  const last = text.charCodeAt(end - 1);
  const isHighSurrogate = last >= 0xd800 && last <= 0xdbff;
  return isHighSurrogate && end < text.length ? end + 1 : end;
}

function unknownCharacter(character: string): TokenizerError {
  return new TokenizerError(
    `The character '${visibleText(character)}' (${codePointName(character)}) is not in this model's vocabulary, ` +
      'which holds the characters of its training text.',
    'Leave it out, or train on a text that contains it.',
  );
}
