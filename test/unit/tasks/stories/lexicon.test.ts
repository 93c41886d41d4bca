/**
 * @file The words: enough of them, each in one list, rightly inflected, and a core that carries the
 * most.
 */
import { describe, expect, it } from 'vitest';
import { defaultCorpus, storyCorpus } from '../../../../webview/tasks/stories/corpus';
import { vocabulary } from '../../../../webview/tasks/stories/grammar';
import { registers } from '../../../../webview/tasks/stories/registers';

describe('the lexicon', () => {
  it('has 400 words or more, none in two lists', () => {
    const lists = new Set(Object.values(registers));
    const lemmas = [...lists].flatMap((list) => list.entries.map((entry) => entry.lemma));
    expect(lemmas.length).toBeGreaterThanOrEqual(400);
    expect(new Set(lemmas).size).toBe(lemmas.length);
    expect(vocabulary.has('the')).toBe(true);
    expect(vocabulary.has('mice')).toBe(true);
    expect(vocabulary.has('.')).toBe(false);
  });

  it('inflects by rule and by exception', () => {
    const forms = Object.values(registers).flatMap((list) =>
      list.entries.map((entry) => entry.forms.join(' ')),
    );
    expect(forms).toEqual(
      expect.arrayContaining([
        'dog dogs',
        'fox foxes',
        'baby babies',
        'boy boys',
        'child children',
      ]),
    );
    expect(forms).toEqual(
      expect.arrayContaining(['runs run', 'watches watch', 'cries cry', 'plays play']),
    );
    const beings = registers.being.byWord.size;
    expect(beings).toBe(2 * registers.being.entries.length);
  });

  it("lets 'a' stand before every thing and describer", () => {
    for (const { lemma } of [...registers.thing.entries, ...registers.describer.entries]) {
      expect(lemma).not.toMatch(/^[aeiou]/);
    }
  });

  it('is mostly a core: 100 words are over 95 % of a story, and over 500 occur in the corpus', () => {
    const counts = new Map<string, number>();
    let total = 0;
    for (const word of storyCorpus(defaultCorpus)
      .documents.join(' ')
      .match(/[a-z]+/g) ?? []) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
      total += 1;
    }
    const core = [...counts.values()].sort((a, b) => b - a).slice(0, 100);
    expect(core.reduce((sum, count) => sum + count, 0) / total).toBeGreaterThan(0.95);
    expect(counts.size).toBeGreaterThan(500);
  });
});
