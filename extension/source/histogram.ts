/** @file A histogram in one line of characters. Pure. */

/** One that Markdown keeps, and as wide as the others. */
const blank = '\u00a0';
const blocks = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/**
 * The counts as columns, the highest of them full. A bin that holds anything is told from an empty
 * one.
 */
export function histogramText(counts: readonly number[]): string {
  const most = Math.max(0, ...counts);
  return counts
    .map((count) => {
      if (count === 0) return blank;
      return blocks[Math.max(0, Math.ceil((count / most) * blocks.length) - 1)] ?? blank;
    })
    .join('');
}
