/**
 * @file Characters as tokens: what a learner types comes back, and an unknown character is named.
 */
import { describe, expect, it } from 'vitest';
import { characterTokenizer, charactersOf } from '../../../webview/tokenizers/characters';

describe('characters', () => {
  it('numbers the characters by code point, whatever their order in the text', () => {
    const tokenizer = charactersOf(['cab', 'b a\n']);
    expect([...tokenizer.encode('\n abc')]).toEqual([0, 1, 2, 3, 4]);
    expect(tokenizer.vocabularySize).toBe(6);
    expect(tokenizer.endOfText).toBe(5);
  });

  it('gives an emoji outside the basic plane one token, after the characters below it', () => {
    const tokenizer = charactersOf(['a😀\uffe6']);
    expect([...tokenizer.encode('a\uffe6😀')]).toEqual([0, 1, 2]);
    expect(tokenizer.decode([2, 0])).toBe('😀a');
  });

  it('keeps halves of a pair apart that stand apart', () => {
    const apart = '\ud83da\ude00';
    const halves = charactersOf([apart]);
    expect(halves.vocabularySize).toBe(4);
    expect(halves.decode(halves.encode(apart))).toBe(apart);
  });

  it('keeps a pair of surrogates whole where a part ends', () => {
    const text = 'a'.repeat((1 << 16) - 1) + '😀b';
    const tokenizer = charactersOf([text]);
    const parts = [...tokenizer.encodeParts(text)];
    expect(parts.map((part) => part.consumed)).toEqual([(1 << 16) + 1, (1 << 16) + 2]);
    expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
  });

  it('names an unknown character, its code point and what to do', () => {
    expect(() => charactersOf(['abc']).encode('aé')).toThrow(
      expect.objectContaining({
        message: expect.stringContaining(
          "'é' (U+00E9) is not in this model's vocabulary",
        ) as string,
        remedy: 'Leave it out, or train on a text that contains it.',
      }),
    );
    expect(() => charactersOf(['abc']).encode('a\n')).toThrow(/character '⏎' \(U\+000A\)/);
  });

  it('decodes the end of a text to nothing and labels it', () => {
    const tokenizer = charactersOf(['ab \n']);
    expect(tokenizer.decode([2, tokenizer.endOfText, 3])).toBe('ab');
    expect([0, 1, 2, 4].map((id) => tokenizer.labelOf(id))).toEqual([
      '⏎',
      '␣',
      'a',
      '<|endoftext|>',
    ]);
  });

  it('labels characters that nobody sees by their code points', () => {
    const unseen = ['\u200D', '\uFE0F', '\u00AD', '\uFEFF', '\u3164'];
    const tokenizer = charactersOf([`👩é${unseen.join('')}`]);
    const labels = Array.from({ length: 7 }, (_, id) => tokenizer.labelOf(id));
    expect(labels.sort()).toEqual(
      ['U+00AD', 'U+200D', 'U+3164', 'U+FE0F', 'U+FEFF', 'é', '👩'].sort(),
    );
  });

  it('refuses ids outside the vocabulary', () => {
    const tokenizer = charactersOf(['ab']);
    expect(() => tokenizer.decode([3])).toThrow(/Token 3 is outside the vocabulary of 3 tokens/);
    expect(() => tokenizer.labelOf(-1)).toThrow(/Token -1 is outside/);
  });

  it('is restored exactly from its JSON', () => {
    const tokenizer = characterTokenizer('zażółć 😀\n');
    const json = JSON.stringify(tokenizer.serialize());
    const restored = characterTokenizer((JSON.parse(json) as { characters: string }).characters);
    expect(restored.encode('żółć 😀')).toEqual(tokenizer.encode('żółć 😀'));
    expect(restored.endOfText).toBe(tokenizer.endOfText);
  });
});
