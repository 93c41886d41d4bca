/** @file What stays of a row of things that does not fit in its room. */
import { expect, it } from 'vitest';
import { everyOther } from '../../../webview/formats/everyOther';

const one = (): number => 1;

it.each([
  [8, [0, 1, 2, 3, 4, 5, 6, 7]],
  [7, [0, 2, 4, 6, 7]],
  [4, [0, 4, 7]],
  [2, [0, 7]],
  [0, [0, 7]],
])('eight things in a room for %i keep the first and the last', (room, kept) => {
  expect(everyOther([0, 1, 2, 3, 4, 5, 6, 7], one, room)).toEqual(kept);
});

it('what is large goes as what is small: it is the order that counts', () => {
  expect(everyOther([9, 1, 9, 1], (bytes) => bytes, 19)).toEqual([9, 9, 1]);
  expect(everyOther([], one, 0)).toEqual([]);
});
