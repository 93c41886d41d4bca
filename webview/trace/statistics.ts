/** @file What matters of many numbers at a glance. */
import type { Statistics } from '../config/statistics';

const bins = 24;

/** Mean, standard deviation, range and histogram of the finite values; how many were not finite. */
export function statisticsOf(values: Float32Array): Statistics {
  let finite = 0;
  let sum = 0;
  let min = Infinity;
  let max = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    finite += 1;
    sum += value;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  const nonFinite = values.length - finite;
  if (finite === 0) {
    return { mean: 0, deviation: 0, min: 0, max: 0, nonFinite, histogram: [] };
  }
  const mean = sum / finite;
  const width = (max - min) / bins;
  const histogram = new Array<number>(bins).fill(0);
  let squares = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    squares += (value - mean) ** 2;
    const bin = width > 0 ? Math.min(bins - 1, Math.floor((value - min) / width)) : 0;
    histogram[bin] = (histogram[bin] ?? 0) + 1;
  }
  return { mean, deviation: Math.sqrt(squares / finite), min, max, nonFinite, histogram };
}
