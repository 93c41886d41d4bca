/** @file How long an engine that trains may take to hear Stop. Pure. */
import type { MetricPoint } from '../../formats/metrics';

/** Milliseconds while no step was measured: the first one of a large model compiles as well. */
const unmeasured = 60_000;

/** Milliseconds that are granted at least. */
const least = 10_000;

/** As many times as long as it took to get from one point to the next. */
const timesLongest = 3;

/**
 * Milliseconds. The engine hears between its steps, evaluations and samples: what these took so far
 * says how long it may be deaf.
 */
export function stopPatience(points: readonly Pick<MetricPoint, 'time' | 'elapsed'>[]): number {
  if (points.length < 2) return unmeasured;
  let before = 0;
  let longest = 0;
  for (const { time, elapsed = time } of points) {
    longest = Math.max(longest, elapsed - before);
    before = elapsed;
  }
  return Math.max(least, timesLongest * longest);
}
