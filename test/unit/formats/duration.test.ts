/** @file Durations, in words. */
import { describe, expect, it } from 'vitest';
import { formatDuration } from '../../../webview/formats/duration';

describe('durations', () => {
  it.each([
    [0, '0 s'],
    [8_400, '8 s'],
    [59_600, '1 min'],
    [100_000, '1 min 40 s'],
    [200_000, '3 min 20 s'],
    [3_600_000, '1 h'],
    [7_500_000, '2 h 5 min'],
    [90_000_000, '1 d 1 h'],
  ])('%d ms is %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});
