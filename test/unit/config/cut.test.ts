/** @file A text that is cut short shows no half of a character. */
import { expect, it } from 'vitest';
import { beginningOf, endOf } from '../../../webview/config/cut';

it('a beginning and an end are as long as they may be', () => {
  expect(beginningOf('abcdef', 3)).toBe('abc');
  expect(beginningOf('ab', 3)).toBe('ab');
  expect(endOf('abcdef', 3)).toBe('def');
  expect(endOf('ab', 3)).toBe('ab');
  expect(endOf('ab', 0)).toBe('');
});

it('neither has half a code point', () => {
  expect(beginningOf('a😀b', 2)).toBe('a');
  expect(beginningOf('a😀b', 3)).toBe('a😀');
  expect(endOf('a😀b', 2)).toBe('b');
  expect(endOf('a😀b', 3)).toBe('😀b');
});
