/**
 * @file Our encoding against js-tiktoken's own, on every kind of text, and fast where the library
 * is not.
 */
import { Tiktoken } from 'js-tiktoken/lite';
import cl100k from 'js-tiktoken/ranks/cl100k_base';
import gpt2 from 'js-tiktoken/ranks/gpt2';
import { describe, expect, it } from 'vitest';
import { integerBelow, randomKey } from '../../../webview/config/random';
import { parseRanks, tiktokenTokenizer } from '../../../webview/tokenizers/tiktoken';

const vocabularies = [
  { ours: tiktokenTokenizer('gpt2', gpt2), library: new Tiktoken(gpt2), size: 50257 },
  { ours: tiktokenTokenizer('cl100k_base', cl100k), library: new Tiktoken(cl100k), size: 100277 },
];

const texts = [
  '',
  'hello world',
  "It's 12345 o'clock, I'LL say!  Two  spaces.\r\n\r\n\ttabs\t\n  ",
  'Zażółć gęślą jaźń — 日本語の文 😀👩‍👩‍👧 \u0000\u200b',
  'a lone surrogate \ud800 in between',
  'before <|endoftext|> after <|fim_prefix|>',
  '=====!!!!!=====' + '-'.repeat(300),
  'function f(x) {\n    return x ** 2; // ok\n}\n',
];

describe.each(vocabularies)('$ours.kind', ({ ours, library, size }) => {
  it.each(texts)('encodes %j as the library does, and decodes it', (text) => {
    const ids = ours.encode(text);
    expect([...ids]).toEqual(library.encode(text, [], []));
    expect(ours.decode(ids)).toBe(library.decode([...ids]));
  });

  it('encodes 300 random mixtures of letters, digits, spaces and signs as the library does', () => {
    const alphabet = Array.from('aabceeinorst  XYZ019.,\'"\n\t-_éß中😀');
    for (let sample = 0; sample < 300; sample++) {
      const key = randomKey(sample, 'batch');
      const text = Array.from(
        { length: 80 },
        (_, i) => alphabet[integerBelow(key, i, alphabet.length)] ?? '',
      ).join('');
      expect([...ours.encode(text)]).toEqual(library.encode(text, [], []));
    }
  });

  it('encodes runs of one character as the library does, where the library can', () => {
    for (const character of ['a', ' ', '=', 'é']) {
      const text = character.repeat(700);
      expect([...ours.encode(text)]).toEqual(library.encode(text, [], []));
    }
  });

  it.each(['a', ' ', '=', '7', '\n'])(
    'encodes a line of 100,000 times %j in time that grows with its length, and gives it back',
    (character) => {
      const text = character.repeat(100_000);
      ours.encode(text);
      const tenth = timeOf(() => ours.encode(text.slice(0, 10_000)));
      const whole = timeOf(() => ours.encode(text));
      const ids = ours.encode(text);
      // Ten times the text: ten times the work or a little more; the library takes a hundred times.
      expect(whole / tenth).toBeLessThan(60);
      expect(ours.decode(ids)).toBe(text);
      // The longest token repeats: the run is as short in tokens as a shorter run promises.
      const perToken = text.length / ids.length;
      const short = character.repeat(1000);
      expect(perToken).toBeGreaterThan(0.9 * (1000 / library.encode(short, [], []).length));
    },
  );

  it('counts every id, special tokens too, and never encodes a text to the end of text', () => {
    expect(ours.vocabularySize).toBe(size);
    expect(ours.labelOf(ours.endOfText)).toBe('<|endoftext|>');
    expect([...ours.encode('<|endoftext|>')]).not.toContain(ours.endOfText);
    expect(ours.decode([ours.endOfText])).toBe('');
  });

  it('labels spaces, line ends and lone bytes visibly', () => {
    const label = (text: string): string[] =>
      Array.from(ours.encode(text), (id) => ours.labelOf(id));
    expect(label(' the')).toEqual(['␣the']);
    expect(label('\n')).toEqual(['⏎']);
    expect(label('\ud83e\udd8a').join('')).toMatch(/\\x[0-9A-F]{2}/);
  });

  it('shows a byte order mark rather than swallowing it', () => {
    expect(ours.decode(ours.encode('\ufeffa'))).toBe('\ufeffa');
  });
});

it('names a damaged rank file', () => {
  expect(() => tiktokenTokenizer('gpt2', { ...gpt2, bpe_ranks: '! 0 IQ==' })).toThrow(
    /gpt2 is damaged: it has no token for byte 0/,
  );
  expect(() => tiktokenTokenizer('gpt2', { ...gpt2, special_tokens: {} })).toThrow(
    /gpt2 is damaged: it has no <\|endoftext\|>/,
  );
  const cut = new TextEncoder().encode('{"pat_str": "').buffer;
  expect(() => parseRanks('gpt2', cut)).toThrow(
    expect.objectContaining({
      message: expect.stringContaining('The rank file of gpt2 is damaged: ') as string,
      remedy: 'Reinstall the extension, which brings the file.',
    }) as Error,
  );
});

/** Milliseconds, the least of several tries. */
function timeOf(work: () => unknown): number {
  const tries = Array.from({ length: 5 }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return Math.min(...tries);
}
