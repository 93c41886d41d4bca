/** @file The words of the glossary that name a value of the model, and so lead to it. Pure. */

/** A word of an entry and the trace path that it names. */
interface GlossaryWord {
  readonly word: string;
  readonly path: string;
}

/** By the label of the entry. */
export const glossaryWords: Readonly<Record<string, GlossaryWord>> = {
  Loss: { word: 'surprised', path: 'surprise' },
  Validation: { word: 'loss', path: 'loss' },
};

/** An entry's help around its word. */
export interface FoundWord extends GlossaryWord {
  readonly before: string;
  readonly after: string;
}

/** Where the word of an entry stands in its help; undefined for an entry without one. */
export function wordOf(label: string, help: string): FoundWord | undefined {
  const named = glossaryWords[label];
  const at = named === undefined ? -1 : help.indexOf(named.word);
  if (named === undefined || at < 0) return undefined;
  return { ...named, before: help.slice(0, at), after: help.slice(at + named.word.length) };
}

/** Id of the link that selects a path. */
export function wordId(path: string): string {
  return `word-${path}`;
}
