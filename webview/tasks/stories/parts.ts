/** @file What a grammar is made of, and short names to write one. Knows no sentence. */
import type { Entry } from './category';
import { heldOut } from './heldOut';
import type { HeldOutKind } from './heldOut';
import { registers } from './registers';
import type { Register } from './registers';

/** The part a word plays in its sentence. */
export type Role =
  | 'giver'
  | 'receiver'
  | 'holder'
  | 'thing'
  | 'describer'
  | 'subject'
  | 'verb'
  | 'relativeSubject'
  | 'relativeObject'
  | 'relativeVerb'
  | 'place'
  | 'feeling'
  | 'questionWord'
  /** The word that answers the question. */
  | 'answer'
  | 'function'
  | 'mark'
  /** Between two words, of the sentence that goes on after it. */
  | 'space';

export type SentenceKind = 'opening' | 'scene' | 'giving' | 'feeling' | 'question' | 'answer';

export type Part = WordPart | PickPart | RecallPart | EitherPart | SentencePart;

/** Says a certain word. */
export interface WordPart {
  readonly kind: 'word';
  readonly text: string;
  readonly role: Role;
}

/** Draws a word, says it and keeps it. */
export interface PickPart {
  readonly kind: 'pick';
  readonly register: Register;
  readonly role: Role;
  /** The register whose word gives a verb its number. */
  readonly agrees?: Register;
  readonly apart?: Apart;
}

/** Says again what a register keeps. */
export interface RecallPart {
  readonly kind: 'recall';
  readonly register: Register;
  readonly role: Role;
}

/** Draws one of several ways on. */
export interface EitherPart {
  readonly kind: 'either';
  readonly options: readonly { readonly weight: number; readonly parts: readonly Part[] }[];
}

export interface SentencePart {
  readonly kind: 'sentence';
  readonly sentence: SentenceKind;
  readonly parts: readonly Part[];
}

/** Which entries may not be picked, given the entry in another register. */
export interface Apart {
  readonly from: Register;
  readonly without: ReadonlyMap<Entry, readonly Entry[]>;
}

/** Marks stand at the end of a word; a line end stands in the place of a space. */
export const marks: readonly string[] = ['.', ',', '?', '\n'];

const verbs: readonly string[] = ['has', 'finds', 'gives', 'is', 'does', 'have'];

/** Parts in a row; a string stands for its words, which spaces part. */
export function parts(...items: readonly (string | Part)[]): Part[] {
  return items.flatMap((item) =>
    typeof item === 'string'
      ? item.split(' ').map((text): Part => ({ kind: 'word', text, role: roleOf(text) }))
      : [item],
  );
}

function roleOf(word: string): Role {
  if (marks.includes(word)) return 'mark';
  if (word === 'who' || word === 'what') return 'questionWord';
  return verbs.includes(word) ? 'verb' : 'function';
}

export function pick(
  register: Register,
  role: Role,
  more: Pick<PickPart, 'agrees' | 'apart'> = {},
): Part {
  return { kind: 'pick', register, role, ...more };
}

export function recall(register: Register, role: Role): Part {
  return { kind: 'recall', register, role };
}

export function either(...options: [weight: number, ...items: (string | Part)[]][]): Part {
  return {
    kind: 'either',
    options: options.map(([weight, ...items]) => ({ weight, parts: parts(...items) })),
  };
}

export function sentence(kind: SentenceKind, ...items: (string | Part)[]): Part {
  return { kind: 'sentence', sentence: kind, parts: parts(...items) };
}

/**
 * Keeps a pick for `to` apart from the word in `from`: not the same word, and no pair that is held
 * out.
 */
export function apart(from: Register, to: Register, kind?: HeldOutKind): Apart {
  const pairs: readonly (readonly [string, string])[] = kind === undefined ? [] : heldOut[kind];
  const clashes = (first: Entry, second: Entry): boolean =>
    first === second || pairs.some(([one, other]) => one === first.lemma && other === second.lemma);
  const without = registers[from].entries.map(
    (first) => [first, registers[to].entries.filter((second) => clashes(first, second))] as const,
  );
  return { from, without: new Map(without) };
}
