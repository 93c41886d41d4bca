/** @file Attention maps of a text: the weights that the model computes, small and whole. */
import { beforeAll, describe, expect, it } from 'vitest';
import { attentionOf } from '../../../webview/inspection/attention';
import { attentionsOf } from '../../../webview/inspection/attentions';
import { chosenPattern, pooled } from '../../../webview/inspection/patterns';
import { shownText } from '../../../webview/inspection/shownText';
import { characterTokenizer } from '../../../webview/tokenizers/characters';
import { useBackend } from '../support/backends';
import { randomTrainer, rungs, smallShape, weightsOf } from '../support/models';
import { expectClose } from '../support/numbers';
import { subjectOf } from '../training/looking';
import { passByHand, surprisesByHand } from './byHand';

beforeAll(() => useBackend('cpu'));

/** Six characters and the end of text: as many tokens as the small model knows. */
const tokenizer = characterTokenizer('abc de');
const { context } = smallShape;

const patternAt = (layer: number): string => `decoder.${layer}.selfAttention.pattern`;

describe('the attention of a text', () => {
  it('is what the model computes, in every head, and its loss with it', async () => {
    const trainer = randomTrainer();
    const text = shownText(tokenizer.encode('a bad'), tokenizer, context);
    const heads = [0, 1].flatMap((layer) =>
      [0, 1].map((head) => ({ path: patternAt(layer), head })),
    );
    const seen = await attentionOf(subjectOf(trainer), text, { thumbnail: 0, heads });
    const byHand = passByHand(await weightsOf(trainer.parameters), trainer.config, [...text.ids]);
    heads.forEach(({ head }, index) => {
      const want = byHand.layers[Math.floor(index / 2)]?.heads[head]?.pattern ?? [];
      expectClose(seen.patterns[index] ?? [], want.flat());
    });
    const surprises = surprisesByHand(byHand.logits, [...text.ids]);
    const mean = surprises.reduce((sum, value) => sum + value, 0) / surprises.length;
    expect(seen.loss).toBeCloseTo(mean, 5);
    expect(seen.modules).toEqual([0, 1].map((layer) => ({ path: patternAt(layer), heads: 2 })));
    expect(seen.tokens.map(({ label }) => label).join('')).toBe('a␣bad');
    trainer.dispose();
  });

  it('comes small with a thumbnail of each head, and together as mean and maximum', async () => {
    const trainer = randomTrainer();
    const text = shownText(tokenizer.encode('abcabc'), tokenizer, context);
    const path = patternAt(1);
    const seen = await attentionOf(subjectOf(trainer), text, {
      thumbnail: 100,
      heads: [
        { path, head: 0 },
        { path, head: 1 },
        { path, head: 'mean' },
        { path, head: 'max' },
      ],
    });
    const [first = [], second = [], mean = [], max = []] = seen.patterns.map((each) => [...each]);
    expectClose(
      mean,
      first.map((weight, cell) => (weight + (second[cell] ?? NaN)) / 2),
    );
    expect(max).toEqual(first.map((weight, cell) => Math.max(weight, second[cell] ?? NaN)));
    // No larger than the text: every weight has its cell.
    expect(seen.thumbnail).toBe(6);
    expect([...(seen.thumbnails[1] ?? [])]).toEqual(
      [...first, ...second].map((weight) => Math.round(255 * weight)),
    );
    trainer.dispose();
  });

  it('shows the end of a text that is longer than the context, and says what it left out', async () => {
    const trainer = randomTrainer();
    const text = shownText(tokenizer.encode('abc de abc'), tokenizer, context);
    const seen = await attentionOf(subjectOf(trainer), text, { thumbnail: 4, heads: [] });
    expect(seen.cropped).toBe(4);
    expect(seen.tokens.map(({ label }) => label).join('')).toBe('de␣abc');
    expect(seen.thumbnails.map(({ length }) => length)).toEqual([32, 32]);
    trainer.dispose();
  });

  it('of a single token has no loss, since nothing came after', async () => {
    const trainer = randomTrainer();
    const text = shownText(tokenizer.encode('a'), tokenizer, context);
    const heads = [{ path: patternAt(0), head: 0 }];
    const seen = await attentionOf(subjectOf(trainer), text, { thumbnail: 8, heads });
    expect('loss' in seen).toBe(false);
    expect(seen.patterns).toEqual([Float32Array.of(1)]);
    trainer.dispose();
  });

  it('is found in every rung of the ladder, and missing where a model has no layers', async () => {
    for (const [, change] of rungs) {
      const trainer = randomTrainer(change);
      const text = shownText(tokenizer.encode('abc'), tokenizer, context);
      const seen = await attentionOf(subjectOf(trainer), text, { thumbnail: 3, heads: [] });
      expect(seen.modules).toHaveLength(change.layers ?? 2);
      expect(seen.loss).toBeGreaterThan(0);
      trainer.dispose();
    }
  });

  it('is refused with what helps: an empty text, an unknown character, a head that is not there', async () => {
    expect(() => shownText(tokenizer.encode(''), tokenizer, context)).toThrow('the text is empty');
    expect(() => tokenizer.encode('axe')).toThrow("The character 'x'");
    expect(() => shownText(Int32Array.of(7), tokenizer, context)).toThrow('Token 7');
    const trainer = randomTrainer();
    const text = shownText(tokenizer.encode('abc'), tokenizer, context);
    const ask = (path: string, head: number) =>
      attentionOf(subjectOf(trainer), text, { thumbnail: 0, heads: [{ path, head }] });
    await expect(ask('logits', 0)).rejects.toThrow('no attention at “logits”');
    await expect(ask(patternAt(0), 2)).rejects.toThrow('head 2 does not exist; there are 2');
    trainer.dispose();
  });
});

describe('a model', () => {
  it('tells by its axes where it attends, with no list of architectures', () => {
    const trainer = randomTrainer({ attention: 'uniform' });
    expect(attentionsOf(trainer)).toEqual(
      [0, 1].map((layer) => ({
        path: patternAt(layer),
        module: `decoder.${layer}.selfAttention`,
        heads: 2,
      })),
    );
    trainer.dispose();
  });
});

describe('a thumbnail', () => {
  it('shows the largest weight of those that share a cell, so that no thin line is lost', () => {
    // Three tokens in two cells: the first two share the first.
    const pattern = Float32Array.from([1, 0, 0, 0.25, 0.75, 0, 0, 0.5, 0.5]);
    expect([...pooled(pattern, 3, 2)]).toEqual([255, 0, 128, 128]);
  });

  it('of several heads keeps them apart', () => {
    const patterns = Float32Array.from([1, 0, 0.2, 0.8, 1, 0, 0.6, 0.4]);
    expect([...pooled(patterns, 2, 2)]).toEqual([255, 0, 51, 204, 255, 0, 153, 102]);
    expect([...chosenPattern(patterns, 2, 1)]).toEqual([...patterns.subarray(4)]);
  });
});
