/** @file A circuit as a picture and in words. Pure. */
import type { MapPicture } from '../../../heatmap/plot';
import type { Cell } from '../../../heatmap/weights';

/** Which of the two: what a head looks for, or what it does with it. */
export type CircuitKind = 'queryKey' | 'outputValue';

/** A circuit with the tokens that stand on both its axes. */
export interface TokenMatrix {
  readonly labels: readonly string[];
  /** [row × column], of both signs. */
  readonly values: Float32Array;
}

/** The largest size of a number; a little above 0 where there is none. */
export function largestSize(values: Float32Array): number {
  let most = 1e-9;
  for (const value of values) {
    const size = Math.abs(value);
    if (Number.isFinite(size) && size > most) most = size;
  }
  return most;
}

/** Numbers of both signs from 0 to 1, with 0 in the middle. */
export function circuitPicture({ labels, values }: TokenMatrix): MapPicture {
  const top = largestSize(values);
  const shares = values.map((value) => 0.5 + value / (2 * top));
  return {
    weights: { size: labels.length, values: shares, causal: false },
    labels,
    scale: 'unit',
    signed: true,
  };
}

export function circuitValue({ labels, values }: TokenMatrix, { query, key }: Cell): number {
  return values[query * labels.length + key] ?? NaN;
}

/**
 * A number with its sign and three digits: `+1.23`, `−0.0123`, `+4.50e-5`. Before much was learned
 * all numbers of a circuit are small, and are to be told apart.
 */
export function formatSigned(value: number): string {
  if (Number.isNaN(value)) return 'not a number';
  return `${value < 0 ? '−' : '+'}${threeDigits(Math.abs(value))}`;
}

function threeDigits(size: number): string {
  if (size === 0 || size >= 1) return size.toFixed(2);
  return size >= 1e-3 ? size.toPrecision(3) : size.toExponential(2);
}

/** What a cell says. */
export function describeCircuitCell(kind: CircuitKind, matrix: TokenMatrix, cell: Cell): string {
  const [row, column] = [matrix.labels[cell.query] ?? '', matrix.labels[cell.key] ?? ''];
  const value = circuitValue(matrix, cell);
  if (kind === 'queryKey') {
    return `“${row}” that asks gives “${column}” a score of ${formatSigned(value)}.`;
  }
  const moves = value < 0 ? 'lowers' : 'raises';
  return `“${row}” that is looked at ${moves} the logit of “${column}”: ${formatSigned(value)}.`;
}

/** A pair of tokens with its number. */
export interface TokenPair extends Cell {
  readonly value: number;
}

/** The largest numbers of a sign, the largest first; 1 for those above 0, −1 for those below. */
export function strongest(
  { labels, values }: TokenMatrix,
  sign: 1 | -1,
  count: number,
): TokenPair[] {
  const size = labels.length;
  const kept: TokenPair[] = [];
  let least = 0;
  values.forEach((value, at) => {
    if (!(sign * value > least)) return;
    const place = kept.findIndex((pair) => sign * pair.value < sign * value);
    const pair = { query: Math.floor(at / size), key: at % size, value };
    kept.splice(place < 0 ? kept.length : place, 0, pair);
    if (kept.length > count) kept.pop();
    if (kept.length === count) least = sign * (kept.at(-1)?.value ?? 0);
  });
  return kept;
}
