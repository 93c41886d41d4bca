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

/** A labelled word or space and its place in the text: characters `start` to `end` (exclusive). */
export interface Label extends LabelledWord {
  readonly start: number;
  readonly end: number;
}

/** The text of a story: a space between words, none before a mark or at a line's start. */
export function textOf(words: readonly string[]): string {
  return words
    .map((word, index) => (hasSpace(words[index - 1], word) ? ` ${word}` : word))
    .join('');
}

/** The words and marks of a text, or undefined if it is not exactly the text of its words. */
export function wordsOf(text: string): string[] | undefined {
  const words = text.match(/[a-z]+|[.,?\n]/g) ?? [];
  return textOf(words) === text ? words : undefined;
}

/** Each word, mark and space of a story with its place in the text; together they are the text. */
export function labelsOf(words: readonly LabelledWord[]): Label[] {
  const labels: Label[] = [];
  const add = (word: LabelledWord): void => {
    const start = labels.at(-1)?.end ?? 0;
    labels.push({ ...word, start, end: start + word.text.length });
  };
  for (const [index, word] of words.entries()) {
    if (hasSpace(words[index - 1]?.text, word.text)) add(spaceBefore(word));
    add(word);
  }
  return labels;
}

/** Whether a space stands between two words of a story. */
function hasSpace(before: string | undefined, word: string): boolean {
  return before !== undefined && before !== '\n' && !marks.includes(word);
}

function spaceBefore({ sentence }: LabelledWord): LabelledWord {
  return { text: ' ', role: 'space', sentence, register: undefined, number: undefined };
}
