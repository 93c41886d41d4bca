/**
 * @file Fewer points for a curve with more of them than pixels, so that its outline stays: each
 * bucket keeps its extremes. Pure; knows no chart.
 */

/** A column of values by point; null where the point has none. */
export type Column = readonly (number | null)[];

/**
 * Indices of the points to draw, ascending: for each of the `buckets` stretches of `length` points
 * its first point and the places of every column's smallest and largest value, and the last point
 * of all. A curve with few enough points is kept whole.
 */
export function decimate(columns: readonly Column[], length: number, buckets: number): number[] {
  if (length <= buckets * 2) return Array.from({ length }, (_, index) => index);
  const kept = new Set<number>([length - 1]);
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const from = Math.floor((bucket * length) / buckets);
    const to = Math.floor(((bucket + 1) * length) / buckets);
    kept.add(from);
    for (const column of columns) {
      const extremes = extremesOf(column, from, to);
      if (extremes !== undefined) {
        kept.add(extremes.low);
        kept.add(extremes.high);
      }
    }
  }
  return [...kept].sort((a, b) => a - b);
}

function extremesOf(
  column: Column,
  from: number,
  to: number,
): { low: number; high: number } | undefined {
  let low = -1;
  let high = -1;
  let lowest = Infinity;
  let highest = -Infinity;
  for (let index = from; index < to; index += 1) {
    const value = column[index] ?? null;
    if (value === null) continue;
    if (value < lowest) {
      lowest = value;
      low = index;
    }
    if (value > highest) {
      highest = value;
      high = index;
    }
  }
  return low < 0 ? undefined : { low, high };
}
