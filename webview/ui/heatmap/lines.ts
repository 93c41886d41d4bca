/** @file Attention as lines from the tokens that look to those that are looked at. Pure. */
import { topKeys, type Cell, type Weights } from './weights';

/** A line, with how strong it is drawn. */
export interface AttentionLine extends Cell {
  readonly weight: number;
  /** It starts at the token that is looked at, or none is. */
  readonly isMarked: boolean;
}

/** The part of a text that lines are drawn for: first token, and the one after the last. */
export type TextRange = readonly [number, number];

/** The part that lines were drawn for last. */
export interface DrawnRange {
  current: TextRange | undefined;
}

/** Weights below this are no lines: a page of hairs shows nothing. */
const faintest = 0.02;

/** Lines of each token: those that are left out are the faintest. */
const linesEach = 12;

/**
 * The tokens that lines are drawn for: all of a short text, or as many around the one marked. Those
 * that were drawn before stay, unless the marked one is not among them: what is pointed at must not
 * move away.
 */
export function linesRange(
  size: number,
  most: number,
  marked: number | undefined,
  before?: TextRange,
): TextRange {
  if (before !== undefined && before[1] <= size && before[1] - before[0] === Math.min(size, most)) {
    if (marked === undefined || (marked >= before[0] && marked < before[1])) return before;
  }
  const middle = marked ?? size - 1;
  const first = Math.max(0, Math.min(size - most, middle - Math.floor(most / 2)));
  return [first, Math.min(size, first + most)];
}

/** The lines between tokens of a range; those of the marked token come last, on top. */
export function linesOf(
  weights: Weights,
  [first, end]: TextRange,
  marked: number | undefined,
): AttentionLine[] {
  const lines: AttentionLine[] = [];
  for (let query = first; query < end; query += 1) {
    const isMarked = marked === undefined || query === marked;
    for (const { key, weight } of topKeys(weights, query, linesEach)) {
      if (weight < faintest || key < first || key >= end) continue;
      lines.push({ query, key, weight, isMarked });
    }
  }
  return lines.sort((a, b) => Number(a.isMarked) - Number(b.isMarked));
}
