/** @file How a limit of time for many measurements is dealt out among them. */

/** A measurement may take longer than its equal share, since most need far less. */
const generosity = 1.5;

/** Seconds that the next of `left` measurements may take of those that are left for all of them. */
export function shareOf(secondsLeft: number, left: number): number {
  return Math.max(0, Math.min(secondsLeft, (generosity * secondsLeft) / left));
}
