/** @file The embedded default text: stories in a row. Knows nothing of ids or batches. */
import { randomKey } from '../../config/random';
import { labelsOf, textOf } from './derivation';
import type { Label } from './derivation';
import { generateStory } from './generate';
import { parseStory } from './parse';

export interface StoryCorpusOptions {
  readonly stories: number;
  readonly seed: number;
}

/** About a million characters. */
export const defaultCorpus: StoryCorpusOptions = { stories: 9000, seed: 1 };

export interface StoryCorpus {
  readonly documents: readonly string[];
  /**
   * The label of every word, mark and space of a document, in order: every character has one. Found
   * by reading the document when asked for, which gives what generated it, since a story has one
   * derivation.
   */
  labels(document: number): readonly Label[];
}

/** Stories 0, 1, … of a seed: a longer corpus begins with the shorter one. */
export function storyCorpus({ stories, seed }: StoryCorpusOptions): StoryCorpus {
  const documents = Array.from({ length: stories }, (_, index) =>
    textOf(generateStory(randomKey(seed, 'stories', index)).words.map((word) => word.text)),
  );
  return {
    documents,
    labels: (document) => labelsOf(parseStory(documents[document] ?? '')?.words ?? []),
  };
}
