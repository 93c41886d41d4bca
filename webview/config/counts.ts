/** @file Counts as every part of the product writes them, in host, page and engine. */

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A whole number with its thousands grouped: 12,345. */
export function formatCount(value: number): string {
  return grouped.format(value);
}

/** `1 token`, `1,024 tokens`. */
export function formatTokens(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'token' : 'tokens'}`;
}
