/** @file Whether the numbers on the page read as they should. */
import { describe, expect, it } from 'vitest';
import {
  bitsPerCharacter,
  formatMeasure,
  formatPerplexity,
  formatShare,
  formatShortCount,
  formatSmall,
  formatSpeed,
  noValue,
  shorten,
} from '../../../webview/ui/format';

describe('counts', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [999.6, '1k'],
    [1234, '1.23k'],
    [12_345, '12.3k'],
    [105_856, '106k'],
    [999_499, '999k'],
    [999_600, '1M'],
    [124_000_000, '124M'],
    [1_500_000_000, '1.5B'],
  ])('shortens %d to %s', (value, text) => {
    expect(formatShortCount(value)).toBe(text);
  });
});

describe('measures', () => {
  it('says that a loss is not a number instead of drawing nothing', () => {
    expect(formatMeasure(Number.NaN)).toBe('not a number');
    expect(formatMeasure(Infinity)).toBe('∞');
    expect(formatPerplexity(Infinity)).toBe('∞');
  });

  it('shows a dash before the first value', () => {
    expect(formatMeasure(undefined)).toBe(noValue);
    expect(formatShare(undefined)).toBe(noValue);
    expect(formatSpeed(undefined)).toBe(noValue);
  });

  it('keeps a small learning rate readable', () => {
    expect(formatSmall(0.003)).toBe('0.003');
    expect(formatSmall(0.0029999999)).toBe('0.003');
    expect(formatSmall(0.00012345)).toBe('0.000123');
  });

  it('never rounds up to all or down to nothing', () => {
    expect(formatShare(1)).toBe('100%');
    expect(formatShare(0.999)).toBe('99%');
    expect(formatShare(0.001)).toBe('1%');
    expect(formatShare(0)).toBe('0%');
  });

  it('gives bits per character: ln 2 nats on one character are one bit', () => {
    expect(bitsPerCharacter(Math.LN2, 1)).toBeCloseTo(1, 12);
    expect(bitsPerCharacter(4 * Math.LN2, 4)).toBeCloseTo(1, 12);
  });
});

describe('a name on a button', () => {
  it('keeps its beginning and its extension', () => {
    expect(shorten('sonnets.txt')).toBe('sonnets.txt');
    const long = shorten('minutes of the meeting of the committee.txt');
    expect(long).toBe('minutes of the…committee.txt');
    expect(long).toHaveLength(28);
  });

  it('leaves no half of a code point', () => {
    for (const shift of ['', 'x']) {
      const long = shorten(`${shift}${'😀'.repeat(20)}${shift}`);
      expect(long).not.toMatch(/\p{Surrogate}/u);
      expect(long).toMatch(/^x?😀+…😀+x?$/u);
      expect(long.length).toBeGreaterThan(24);
    }
  });
});
