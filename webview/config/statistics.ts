/** @file The shape of a summary of many numbers, as engine, host and pages speak of it. */

/** Summary of a value. Numbers that are not finite are counted, and left out of the rest. */
export interface Statistics {
  readonly mean: number;
  readonly deviation: number;
  readonly min: number;
  readonly max: number;
  readonly nonFinite: number;
  /** Counts in bins of equal width from `min` to `max`. */
  readonly histogram: readonly number[];
}
