/** @file What a page says of many numbers at a glance. */
import { describe, expect, it } from 'vitest';

import { statisticsOf } from '../../../webview/trace/statistics';

describe('statistics', () => {
  it('are those a hand computes', () => {
    const { histogram, ...rest } = statisticsOf(Float32Array.of(1, 3, 5, 7));
    expect(rest).toEqual({ mean: 4, deviation: Math.sqrt(5), min: 1, max: 7, nonFinite: 0 });
    // 24 bins of ¼ from 1 to 7; the largest belongs to the last one.
    expect(histogram.flatMap((count, bin) => (count > 0 ? [[bin, count]] : []))).toEqual([
      [0, 1],
      [8, 1],
      [16, 1],
      [23, 1],
    ]);
  });

  it('count what is not finite, and leave it out of the rest', () => {
    const stats = statisticsOf(Float32Array.of(NaN, 2, Infinity, 4, -Infinity));
    expect(stats).toMatchObject({ mean: 3, deviation: 1, min: 2, max: 4, nonFinite: 3 });
    expect(stats.histogram.reduce((sum, count) => sum + count, 0)).toBe(2);
  });

  it('survive equal numbers, and none that is finite', () => {
    expect(statisticsOf(Float32Array.of(5, 5, 5))).toMatchObject({ mean: 5, deviation: 0 });
    expect(statisticsOf(Float32Array.of(5, 5, 5)).histogram[0]).toBe(3);
    expect(statisticsOf(Float32Array.of(NaN))).toMatchObject({ nonFinite: 1, histogram: [] });
  });
});
