/** @file Counts, in words. */
import { expect, it } from 'vitest';
import { formatCount } from '../../../webview/config/counts';

it('groups thousands', () => {
  expect(formatCount(999)).toBe('999');
  expect(formatCount(1_234_567)).toBe('1,234,567');
});
