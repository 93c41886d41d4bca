/** @file The baselines beside the loss: right by hand and right on a real text. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { integerBelow, randomKey } from '../../../webview/config/random';
import { ngramBaselines } from '../../../webview/tasks/ngram';
import { splitText } from '../../../webview/tasks/split';
import { charactersOf } from '../../../webview/tokenizers/characters';

describe('ngramBaselines', () => {
  it('is what Witten and Bell give by hand for three tokens', () => {
    // Training a a b, V = 3.
    // Unigram: N = 3, T = 2: p(b) = (1 + 2/3) / 5 = 1/3, p(c) = (0 + 2/3) / 5 = 2/15.
    // After a: a once, b once, N = T = 2: p(b | a) = (1 + 2 · 1/3) / 4 = 5/12.
    // After b: nothing: p(c | b) = p(c).
    // After a a: b once, N = T = 1.
    // Of the two tokens judged, c has the context a b, never seen; b has only a.
    const baselines = ngramBaselines(Int32Array.of(0, 0, 1), Int32Array.of(0, 1, 2), 3);
    expect(baselines?.uniform).toBeCloseTo(Math.log(3), 12);
    expect(baselines?.bigram).toBeCloseTo(-(Math.log(5 / 12) + Math.log(2 / 15)) / 2, 12);
    expect(baselines?.trigram).toBeCloseTo(-(Math.log(5 / 12) + Math.log(2 / 15)) / 2, 12);
    // Judged on a a b: p(a | a) = (1 + 2 · 8/15) / 4 = 31/60; p(b | a a) = (1 + 5/12) / 2 = 17/24.
    const seen = ngramBaselines(Int32Array.of(0, 0, 1), Int32Array.of(0, 0, 1), 3);
    expect(seen?.bigram).toBeCloseTo(-(Math.log(31 / 60) + Math.log(5 / 12)) / 2, 12);
    expect(seen?.trigram).toBeCloseTo(-(Math.log(31 / 60) + Math.log(17 / 24)) / 2, 12);
  });

  it('agrees with an independent count on 40,000 characters of Shakespeare', () => {
    // Pinned from a Python script of nested dictionaries, written from the formula alone.
    const text = readFileSync(new URL('../../fixtures/shakespeare.txt', import.meta.url), 'utf8');
    const tokenizer = charactersOf([text]);
    const ids = tokenizer.encode(text);
    const { train, validation } = splitText({ ids, documentEnds: [ids.length] });
    const baselines = ngramBaselines(train, validation, tokenizer.vocabularySize);
    expect(tokenizer.vocabularySize).toBe(59);
    expect(baselines?.bigram).toBeCloseTo(2.468209267030108, 9);
    expect(baselines?.trigram).toBeCloseTo(2.074220692972494, 9);
  });

  it('approaches the entropy of noise, never below it', () => {
    const key = randomKey(1, 'batch');
    const ids = Int32Array.from({ length: 200_000 }, (_, i) => integerBelow(key, i, 66));
    const baselines = ngramBaselines(ids.subarray(0, 180_000), ids.subarray(180_000), 66);
    expect(baselines?.bigram).toBeGreaterThan(Math.log(66));
    expect(baselines?.bigram).toBeLessThan(Math.log(66) * 1.02);
    expect(baselines?.trigram).toBeLessThan(Math.log(66) * 1.1);
  });

  it('is absent where nothing can be judged', () => {
    expect(ngramBaselines(Int32Array.of(0, 1), Int32Array.of(0), 3)).toBeUndefined();
  });
});
