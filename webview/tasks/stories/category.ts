/**
 * @file A list of words with forms and weights, from which a word is drawn. Knows nothing of
 * sentences.
 */

/** A word of the lexicon. Forms: [only], or [singular, plural] of nouns and of verbs. */
export interface Entry {
  readonly lemma: string;
  readonly forms: readonly string[];
  readonly weight: number;
}

/**
 * Where the number of a word comes from: it has none, it is drawn freely, or it agrees with another
 * word's.
 */
export type NumberRule = 'none' | 'free' | 'agrees';

export interface Category {
  readonly name: string;
  readonly number: NumberRule;
  readonly entries: readonly Entry[];
  /** The sum of the weights. */
  readonly total: number;
  /** Word → entry and index of the form. */
  readonly byWord: ReadonlyMap<string, { readonly entry: Entry; readonly form: number }>;
}

/** The chance of each form of a word whose number is free: singular, plural. Weights. */
export const numberWeights = [3, 2] as const;

/**
 * The weight of the word of a rank (0 is the first). About five words carry nine tenths of a list,
 * so that a small model can spell most of what it says within a minute; after them a power law
 * falls with the fourth power of the rank, and a constant keeps the rarest words real. Integers, so
 * that a draw is the same on every machine.
 */
export function weightOf(rank: number): number {
  const width = 3 ** 4;
  return 2 + Math.round((1000 * width) / (width + rank ** 4));
}

/** Reads a list of lexicon.ts: words separated by white space, irregular forms after a slash. */
export function category(name: string, number: NumberRule, list: string): Category {
  const entries = list
    .trim()
    .split(/\s+/)
    .map((item, rank): Entry => {
      const [lemma = item, irregular] = item.split('/');
      return {
        lemma,
        forms: formsOf(number, lemma, irregular ?? withS(lemma)),
        weight: weightOf(rank),
      };
    });
  const byWord = new Map(
    entries.flatMap((entry) => entry.forms.map((word, form) => [word, { entry, form }] as const)),
  );
  const total = entries.reduce((sum, { weight }) => sum + weight, 0);
  return { name, number, entries, total, byWord };
}

/** A noun takes its ending in the plural, a verb in the singular: the dog runs, the dogs run. */
function formsOf(number: NumberRule, lemma: string, inflected: string): string[] {
  switch (number) {
    case 'none':
      return [lemma];
    case 'free':
      return [lemma, inflected];
    case 'agrees':
      return [inflected, lemma];
  }
}

/** The ending -s of nouns and verbs: dogs, watches, babies. */
function withS(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:ch|sh|s|x|z)$/.test(word) ? `${word}es` : `${word}s`;
}

/**
 * The entry at a place of the distribution without the excluded entries.
 * @param u uniform in [0, 1)
 */
export function entryAt(
  { entries, total }: Category,
  excluded: readonly Entry[],
  u: number,
): Entry {
  let left = Math.floor(u * (total - weightSum(excluded)));
  for (const entry of entries) {
    if (excluded.includes(entry)) continue;
    left -= entry.weight;
    if (left < 0) return entry;
  }
  throw new RangeError(`A draw needs a number in [0, 1), not ${u}.`);
}

export function weightSum(entries: readonly Entry[]): number {
  return entries.reduce((sum, { weight }) => sum + weight, 0);
}
