/** @file Whether long curves keep their look when points are left out. */
import { describe, expect, it } from 'vitest';
import { decimate } from '../../../webview/ui/charts/decimate';

describe('decimate', () => {
  it('keeps a short curve whole', () => {
    expect(decimate([[1, 2, 3, 4]], 4, 100)).toEqual([0, 1, 2, 3]);
  });

  it('keeps a single spike among 10,000 points', () => {
    const values = Array.from({ length: 10_000 }, (_, index) => (index === 7777 ? 50 : 1));
    const kept = decimate([values], values.length, 500);
    expect(kept).toContain(7777);
    expect(kept.length).toBeLessThanOrEqual(3 * 500 + 1);
  });

  it('keeps the first and the last point and their order', () => {
    const values = Array.from({ length: 5000 }, (_, index) => Math.sin(index));
    const kept = decimate([values], values.length, 100);
    expect(kept[0]).toBe(0);
    expect(kept.at(-1)).toBe(4999);
    expect([...kept].sort((a, b) => a - b)).toEqual(kept);
  });

  it('keeps the values of a sparse curve beside a dense one', () => {
    const dense = Array.from({ length: 10_000 }, (_, index) => 1 / (index + 1));
    const sparse = dense.map((_, index) => (index % 1000 === 999 ? index : null));
    const kept = new Set(decimate([dense, sparse], dense.length, 500));
    for (let index = 999; index < 10_000; index += 1000) expect(kept.has(index)).toBe(true);
  });

  it('handles no points', () => {
    expect(decimate([[]], 0, 100)).toEqual([]);
  });
});
