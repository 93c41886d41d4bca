/** @file Whether the arrow keys step a number as one expects. */
import { expect, it } from 'vitest';
import { stepped } from '../../../webview/ui/controls/stepped';

const range = { min: 2, max: 4096, step: 8 };

it.each([
  ['64', 1, '72'],
  ['64', -1, '56'],
  // Off the grid: the next point of it.
  ['65', 1, '72'],
  ['65', -1, '64'],
  ['2', -1, '2'],
  ['4096', 1, '4096'],
  ['', 1, '2'],
  ['four', -1, '2'],
] as const)('%s stepped by %d is %s', (text, direction, expected) => {
  expect(stepped(text, direction, range)).toBe(expected);
});

it('decimals stay readable', () => {
  expect(stepped('0.15', 1, { min: 0, max: 1, step: 0.05 })).toBe('0.2');
  expect(stepped('0.003', 1, { min: 0, max: 1, step: 0.0005 })).toBe('0.0035');
});
