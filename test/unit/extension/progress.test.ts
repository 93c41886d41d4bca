/** @file The estimate in the status bar. */
import { describe, expect, it } from 'vitest';
import { formatDuration, timeLeft } from '../../../extension/engine/progress';

describe('time left', () => {
  it('is unknown until the speed is', () => {
    expect(timeLeft([], 100)).toBeUndefined();
    expect(timeLeft([{ step: 1, time: 30 }], 100)).toBeUndefined();
  });

  it('follows the speed of the latest points, not that of the start', () => {
    const slow = Array.from({ length: 30 }, (_, i) => ({ step: i, time: i * 1000 }));
    const fast = Array.from({ length: 30 }, (_, i) => ({ step: 30 + i, time: 30_000 + i * 10 }));
    expect(timeLeft([...slow, ...fast], 159)).toBeCloseTo(1000, 6);
  });

  it('is zero at the end', () => {
    expect(
      timeLeft(
        [
          { step: 1, time: 10 },
          { step: 5, time: 50 },
        ],
        5,
      ),
    ).toBe(0);
  });

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
