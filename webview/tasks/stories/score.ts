/**
 * @file How good a text is by the grammar's measure: the floor under the loss, and what of a sample
 * is right.
 */
import { PlaygroundError } from '../../config/errors';
import { vocabulary } from './grammar';
import { isSentence, parseStory } from './parse';

/**
 * ln of the probability that the grammar tells exactly this story, nats; −∞ for what is no story.
 */
export function logProbability(text: string): number {
  return parseStory(text)?.logProbability ?? -Infinity;
}

/**
 * The floor: the cross-entropy in nats per token that a model which is the grammar would have on
 * these stories,
 *   −Σ ln P(story) / Σ (characters + 1),
 * the 1 being the end-of-text token after each story, over which the training loss is averaged too.
 * It is exact, since a story has one derivation. A model that sees less than the whole story before
 * a token cannot reach it.
 * @throws PlaygroundError if a document is no story of the grammar, or there is none
 */
export function floor(documents: readonly string[]): number {
  let nats = 0;
  let tokens = 0;
  documents.forEach((document, index) => {
    const log = logProbability(document);
    if (log === -Infinity) {
      throw new PlaygroundError({
        code: 'not-a-story',
        message: `Document ${index} is no story of the grammar: “${document.slice(0, 80)}”.`,
        remedy: 'Ask for the floor of documents from storyCorpus only.',
      });
    }
    nats -= log;
    tokens += document.length + 1;
  });
  if (tokens > 0) return nats / tokens;
  throw new PlaygroundError({
    code: 'not-a-story',
    message: 'There is no floor of 0 documents.',
    remedy: 'Ask for the floor of at least one story.',
  });
}

/**
 * The share of a sample's words that are words of the stories, 0 to 1. The first and the last word
 * may be cut and do not count. undefined where no word is left.
 */
export function lexiconShare(sample: string): number | undefined {
  const words = sample.match(/[^\s.,?]+/g)?.slice(1, -1) ?? [];
  return shareOf(words, (word) => vocabulary.has(word));
}

/**
 * The share of a sample's sentences that the grammar has, each judged by itself, 0 to 1. The first
 * sentence and what follows the last full stop may be cut and do not count. undefined where no
 * sentence is left.
 */
export function sentenceShare(sample: string): number | undefined {
  const sentences = sample.match(/[^.?]+[.?]/g)?.slice(1) ?? [];
  return shareOf(sentences, (sentence) => isSentence(sentence.trim()));
}

function shareOf(items: readonly string[], isRight: (item: string) => boolean): number | undefined {
  if (items.length === 0) return undefined;
  return items.filter(isRight).length / items.length;
}
