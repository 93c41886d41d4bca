/**
 * @file How a text arrives while it is written: in pieces that a reader can read, and not too many.
 */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { Generated } from '../../../webview/protocol/engineApi';
import { TextStream } from '../../../webview/worker/textStream';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  // The page is older than its first piece.
  vi.advanceTimersByTime(1000);
});
afterEach(() => {
  vi.useRealTimers();
});

/** Tokens are bytes, as the rarest ones of GPT-2 are. */
const decode = (ids: readonly number[]) => new TextDecoder().decode(Uint8Array.from(ids));

function listened() {
  const pieces: { text: string; tokens: readonly [text: string, probability: number][] }[] = [];
  const stream = new TextStream('prompt-1', decode, ({ text, tokens }) => {
    pieces.push({ text, tokens: tokens.map((token) => [token.text, token.probability]) });
  });
  const addByte = (id: number, probability: number) => {
    stream.add({ id, label: String(id), probability, alternatives: [] });
  };
  const add = (text: string) => {
    for (const byte of new TextEncoder().encode(text)) addByte(byte, byte / 256);
  };
  return { pieces, stream, add, addByte, texts: () => pieces.map(({ text }) => text) };
}

it('tokens of the same moment make one piece, which comes when 50 ms have passed', () => {
  const { add, texts, stream } = listened();
  add('a');
  add('bcd');
  vi.advanceTimersByTime(50);
  add('e');
  expect(texts()).toEqual(['a']);
  vi.advanceTimersByTime(1);
  add('f');
  add('g');
  expect(texts()).toEqual(['a', 'bcdef']);
  expect(stream.finish()).toBe('abcdefg');
  expect(texts()).toEqual(['a', 'bcdef', 'g']);
});

it('a character cut between two tokens waits for its rest, and comes with both', () => {
  const { pieces, addByte } = listened();
  const [first = NaN, second = NaN] = new TextEncoder().encode('é');
  addByte(first, 0.25);
  expect(pieces).toEqual([]);
  vi.advanceTimersByTime(51);
  addByte(second, 0.5);
  const tokens = [
    ['', 0.25],
    ['é', 0.5],
  ];
  expect(pieces).toEqual([{ text: 'é', tokens }]);
});

it('a character that is never completed is shown as such at the end', () => {
  const { add, addByte, texts, stream } = listened();
  add('a');
  vi.advanceTimersByTime(51);
  addByte(0xc3, 0.5);
  expect(stream.finish()).toBe('a\uFFFD');
  expect(texts()).toEqual(['a', '\uFFFD']);
});

it('a character that was cut where the text goes on from comes whole, in place of its beginning', () => {
  const [first = NaN, second = NaN] = new TextEncoder().encode('é');
  const pieces: (readonly [text: string, reopens: number | undefined])[] = [];
  const heard = ({ text, reopens }: Generated): void => void pieces.push([text, reopens]);
  const stream = new TextStream('prompt-1', decode, heard, [97, first]);
  stream.add({ id: second, label: '', probability: 1, alternatives: [] });
  stream.add({ id: 98, label: '', probability: 1, alternatives: [] });
  expect(stream.finish()).toBe('éb');
  expect(pieces).toEqual([
    ['é', 1],
    ['b', undefined],
  ]);
});

it('what could stand in the place of the next token shows the character that it completes', () => {
  const { stream, addByte } = listened();
  const [first = NaN, second = NaN] = new TextEncoder().encode('é');
  expect(stream.textWith(97)).toBe('a');
  addByte(first, 0.25);
  expect(stream.textWith(second)).toBe('é');
  addByte(second, 0.5);
  expect(stream.textWith(97)).toBe('a');
});
