/**
 * @file A story as the words of its derivation, and its text. Knows nothing of how it was derived.
 */
import { marks } from './parts';
import type { Role, SentenceKind } from './parts';
import type { Register } from './registers';

/** One word or mark of a story with what the grammar knows of it. */
export interface LabelledWord {
  readonly text: string;
  readonly role: Role;
  /** The sentence it stands in; a line end stands in none. */
  readonly sentence: SentenceKind | undefined;
  /** Whom or what it is: the same word in the same register is the same one. */
  readonly register: Register | undefined;
  readonly number: 'singular' | 'plural' | undefined;
}

export interface Derivation {
  readonly words: readonly LabelledWord[];
  /** ln of its probability, nats. */
  readonly logProbability: number;
}

/** A labelled word and its place in the text: characters `start` to `end` (exclusive). */
export interface Label extends LabelledWord {
  readonly start: number;
  readonly end: number;
}

/** The text of a story: a space between words, none before a mark or at a line's start. */
export function textOf(words: readonly string[]): string {
  let text = '';
  let before = '\n';
  for (const word of words) {
    text += before === '\n' || marks.includes(word) ? word : ` ${word}`;
    before = word;
  }
  return text;
}

/** The words and marks of a text, or undefined if it is not exactly the text of its words. */
export function wordsOf(text: string): string[] | undefined {
  const words = text.match(/[a-z]+|[.,?\n]/g) ?? [];
  return textOf(words) === text ? words : undefined;
}

/** Each word of a story with its place in the text. */
export function labelsOf(words: readonly LabelledWord[]): Label[] {
  let end = 0;
  let before = '\n';
  return words.map((word) => {
    const start = before === '\n' || marks.includes(word.text) ? end : end + 1;
    end = start + word.text.length;
    before = word.text;
    return { ...word, start, end };
  });
}
