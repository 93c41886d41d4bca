/**
 * @file The default text: about a million characters at once, the same on every machine, each word
 * labelled.
 */
import { describe, expect, it } from 'vitest';
import { defaultCorpus, storyCorpus } from '../../../../webview/tasks/stories/corpus';

describe('storyCorpus', () => {
  it('makes about a million characters', () => {
    const { documents } = storyCorpus(defaultCorpus);
    const characters = documents.reduce((sum, document) => sum + document.length, 0);
    expect(characters).toBeGreaterThan(950_000);
    expect(characters).toBeLessThan(1_250_000);
  });

  it('is the same for the same seed, and a longer one begins with the shorter', () => {
    const { documents } = storyCorpus({ stories: 50, seed: 9 });
    expect(storyCorpus({ stories: 20, seed: 9 }).documents).toEqual(documents.slice(0, 20));
    expect(storyCorpus({ stories: 50, seed: 10 }).documents).not.toEqual(documents);
  });

  it('labels every character with its word, its part and whom it is', () => {
    const corpus = storyCorpus({ stories: 300, seed: 4 });
    corpus.documents.forEach((document, index) => {
      const labels = corpus.labels(index);
      for (const { text, start, end } of labels) expect(document.slice(start, end)).toBe(text);
      expect(labels.map(({ text }) => text).join('')).toBe(document);
      expect(labels.filter(({ text }) => text === ' ').map(({ role }) => role)).toEqual(
        Array.from(document.matchAll(/ /g), () => 'space'),
      );
      const answer = labels.find((label) => label.role === 'answer');
      expect(answer?.sentence).toBe('answer');
      const before = labels.find((label) => label.register === answer?.register);
      expect(before?.text).toBe(answer?.text);
      expect(
        labels.filter((label) => label.sentence === undefined).map((label) => label.text),
      ).toEqual(['\n']);
    });
    expect(corpus.labels(1000)).toEqual([]);
  });
});
