/** @file Streamed text is heard sentence by sentence, whole and once. */
import { expect, it } from 'vitest';
import { Sentences } from '../../../../webview/ui/views/generation/sentences';

it('a sentence is said when it has ended, not token by token', () => {
  const sentences = new Sentences();
  expect(sentences.add('the dog ru')).toEqual([]);
  expect(sentences.add('ns. a')).toEqual(['the dog runs.']);
  expect(sentences.add('nn asks: “is it 3.14?” yes! no')).toEqual([
    'ann asks: “is it 3.14?”',
    'yes!',
  ]);
  expect(sentences.finish()).toEqual(['no']);
  expect(sentences.finish()).toEqual([]);
});

it('a text without an end is cut between words, so that it is heard at all', () => {
  const sentences = new Sentences();
  const said = sentences.add('word '.repeat(100));
  expect(said.length).toBe(2);
  for (const part of said) expect(part).toMatch(/^(word ?)+$/);
});

it('empty lines are silent', () => {
  expect(new Sentences().add('\n\n\n')).toEqual([]);
});
