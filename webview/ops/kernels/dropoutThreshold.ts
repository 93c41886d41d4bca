/** @file Where dropout's draw decides, as an integer, so that every backend draws the same mask. */

/**
 * Smallest 32-bit draw that keeps its element: bits/2³² ≥ rate exactly when bits ≥ ⌈rate·2³²⌉.
 *
 * @throws RangeError for a rate outside [0, 1).
 */
export function keepThreshold(rate: number): number {
  if (!(rate >= 0 && rate < 1)) {
    throw new RangeError(`Dropout rate ${rate} is not in [0, 1): choose 0 for no dropout.`);
  }
  return Math.ceil(rate * 2 ** 32);
}
