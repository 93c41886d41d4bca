/**
 * @file What a story keeps in mind while it is told or read, and the probabilities of the next word
 * given it.
 */
import { numberWeights, weightSum } from './category';
import type { Category, Entry } from './category';
import type { LabelledWord } from './derivation';
import type { PickPart, RecallPart, SentenceKind, WordPart } from './parts';
import { registers } from './registers';
import type { Register } from './registers';

/** A word kept in a register, in one of its forms (0 singular, 1 plural). */
export interface Binding {
  readonly entry: Entry;
  readonly form: number;
}

export type Bindings = Readonly<Partial<Record<Register, Binding>>>;

/** Entries that a pick may not take after what was picked before. */
export function excludedFrom({ apart }: PickPart, bindings: Bindings): readonly Entry[] {
  const given = apart && bindings[apart.from];
  return (given && apart.without.get(given.entry)) ?? [];
}

/** The form of a picked verb: that of the word it agrees with. */
export function agreedForm({ agrees }: PickPart, bindings: Bindings): number | undefined {
  return agrees && bindings[agrees]?.form;
}

/** ln p of an entry in a form, given the excluded entries. */
export function logOfPick(
  words: Category,
  { entry, form }: Binding,
  excluded: readonly Entry[],
): number {
  const ofEntry = Math.log(entry.weight / (words.total - weightSum(excluded)));
  return words.number === 'free' ? ofEntry + logOfNumber(form) : ofEntry;
}

export function logOfNumber(form: number): number {
  return Math.log((numberWeights[form] ?? 0) / (numberWeights[0] + numberWeights[1]));
}

/** A certain word as it stands in a derivation. */
export function labelledWord(
  { text, role }: WordPart,
  sentence: SentenceKind | undefined,
): LabelledWord {
  return { text, role, sentence, register: undefined, number: undefined };
}

/** A picked or recalled word as it stands in a derivation. */
export function labelledBinding(
  { register, role }: PickPart | RecallPart,
  { entry, form }: Binding,
  sentence: SentenceKind | undefined,
): LabelledWord {
  const hasNumber = registers[register].number !== 'none';
  const number = form === 0 ? 'singular' : 'plural';
  const text = entry.forms[form] ?? '';
  return { text, role, sentence, register, number: hasNumber ? number : undefined };
}
