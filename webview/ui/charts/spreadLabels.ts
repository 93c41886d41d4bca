/** @file Labels on one edge of a chart, moved apart so that none covers another. Pure. */

/**
 * Where labels go that belong at `wanted` (centres, in pixels from the top): at least `spacing`
 * apart, in the same order, within 0 … `height`, and as near to their places as pushing from the
 * top and then from the bottom gives.
 */
export function spreadLabels(wanted: readonly number[], spacing: number, height: number): number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => at(wanted, a) - at(wanted, b));
  const placed = [...wanted];
  let lowest = spacing / 2;
  for (const index of order) {
    const position = Math.max(at(placed, index), lowest);
    placed[index] = position;
    lowest = position + spacing;
  }
  let highest = height - spacing / 2;
  for (const index of [...order].reverse()) {
    const position = Math.min(at(placed, index), highest);
    placed[index] = position;
    highest = position - spacing;
  }
  return placed;
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? 0;
}
