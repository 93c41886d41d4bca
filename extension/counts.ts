/**
 * @file Numbers in messages, written as the page writes them. Knows no VS Code: the caller
 * translates.
 */

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A whole number with its thousands grouped: 12,345. */
export function formatCount(value: number): string {
  return grouped.format(value);
}
