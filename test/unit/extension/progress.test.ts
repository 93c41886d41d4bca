/** @file The estimate in the status bar. */
import { describe, expect, it } from 'vitest';
import { formatDuration } from '../../../extension/engine/progress';

describe('time left', () => {
  it.each([
    [400, '0 s'],
    [59_400, '59 s'],
    [61_000, '1 min'],
    [3_600_000, '1 h'],
    [12_000_000, '3 h 20 min'],
  ])('writes %d ms as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});
