/**
 * @file A small model over a large vocabulary: dense ids, the same text back, and a clear word on
 * unlearned tokens.
 */
import gpt2 from 'js-tiktoken/ranks/gpt2';
import { describe, expect, it } from 'vitest';
import { characterTokenizer } from '../../../webview/tokenizers/characters';
import { tiktokenTokenizer } from '../../../webview/tokenizers/tiktoken';
import { toUsedIds, usedIds, usedVocabulary } from '../../../webview/tokenizers/usedVocabulary';

const full = tiktokenTokenizer('gpt2', gpt2);
const text = 'the cat and the dog\n';
const ids = full.encode(text);
const used = usedIds(ids, full.endOfText);
const small = usedVocabulary(full, used);

describe('usedVocabulary', () => {
  it('holds the tokens of the text and the end of text, nothing else', () => {
    expect(small.vocabularySize).toBe(new Set(ids).size + 1);
    expect(small.labelOf(small.endOfText)).toBe('<|endoftext|>');
    expect(small.decode([small.endOfText])).toBe('');
  });

  it('encodes and decodes the text with dense ids', () => {
    const dense = small.encode(text);
    expect(Math.max(...dense)).toBeLessThan(small.vocabularySize);
    expect(small.decode(dense)).toBe(text);
    expect(toUsedIds(ids, used)).toEqual(dense);
  });

  it('names a token that the model never saw, and the remedy', () => {
    expect(() => small.encode('the zebra')).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(
          /'␣z' \(gpt2 \d+\) does not occur in the training text/,
        ) as string,
        remedy: 'Use other words, or train with the full vocabulary.',
      }),
    );
  });

  it('is restored exactly from its JSON with the rank file', () => {
    const json = JSON.stringify(small.serialize());
    const data = JSON.parse(json) as { kind: 'gpt2'; used: number[] };
    const restored = usedVocabulary(tiktokenTokenizer(data.kind, gpt2), data.used);
    expect(restored.encode(text)).toEqual(small.encode(text));
    expect(restored.serialize()).toEqual(data);
  });

  it('refuses lists that are not ascending ids with the end of text', () => {
    expect(() => usedVocabulary(full, [5, 3, full.endOfText])).toThrow(/3 follows 5/);
    expect(() => usedVocabulary(full, [1, 2])).toThrow(/lack the end-of-text token 50256/);
    expect(() => usedVocabulary(full, [1, 60000])).toThrow(/Token 60000 is outside/);
    expect(() => usedVocabulary(characterTokenizer('ab'), [0, 2])).toThrow(/already holds only/);
    expect(() => toUsedIds(Int32Array.of(0), [1])).toThrow(/Token 0 is not among the 1 used/);
  });
});
