/**
 * @file The weights of one map: rows ask, columns are looked at. Reading, scaling and shrinking
 * them. Pure; knows no canvas.
 */

/** Attention of one head, or of several together. */
export interface Weights {
  /** Rows and columns alike: a text looks at itself. */
  readonly size: number;
  /** [query × key], 0 … 1. */
  readonly values: Float32Array;
  /** No query sees a key after it: what lies there is impossible, not small. */
  readonly causal: boolean;
}

/** A cell of a map, counted from 0. */
export interface Cell {
  readonly query: number;
  readonly key: number;
}

/** What the brightest colour stands for: each row's largest weight, or the map's. */
export type ScaleChoice = 'row' | 'map';

/** As it is drawn: `unit` leaves numbers as they are, from 0 to 1. */
export type MapScale = ScaleChoice | 'unit';

/** A key with its weight. */
export interface KeyWeight {
  readonly key: number;
  readonly weight: number;
}

/**
 * Weights with what they tell of their mask. A softmax gives 0 only to what was masked: a map with
 * nothing after its diagonal is that of a causal model.
 */
export function weightsOf(values: Float32Array, size: number): Weights {
  return { size, values, causal: size > 1 && isEmptyAfterDiagonal(values, size) };
}

function isEmptyAfterDiagonal(values: Float32Array, size: number): boolean {
  for (let query = 0; query < size; query += 1) {
    for (let key = query + 1; key < size; key += 1) {
      if (values[query * size + key] !== 0) return false;
    }
  }
  return true;
}

export function weightAt({ size, values }: Weights, { query, key }: Cell): number {
  return values[query * size + key] ?? 0;
}

/** How many keys a query may look at, from the first on. */
export function visibleKeys({ size, causal }: Weights, query: number): number {
  return causal ? query + 1 : size;
}

/** The largest number that is one; 0 where there is none above. */
function largest(values: Float32Array, from: number, to: number): number {
  let most = 0;
  for (let at = from; at < to; at += 1) {
    const value = values[at] ?? 0;
    if (value > most) most = value;
  }
  return most;
}

/** The weight that the strongest colour stands for, row by row. [query] */
export function scaleTops({ size, values }: Weights, scale: MapScale): Float32Array {
  const tops = new Float32Array(size).fill(1);
  if (scale === 'unit') return tops;
  for (let query = 0; query < size; query += 1) {
    tops[query] = largest(values, query * size, (query + 1) * size);
  }
  if (scale === 'map') tops.fill(largest(tops, 0, size));
  return tops;
}

/** The keys that a query looks at most, the first of equals first. */
export function topKeys(weights: Weights, query: number, count: number): KeyWeight[] {
  const keys = Array.from({ length: visibleKeys(weights, query) }, (_, key) => ({
    key,
    weight: weightAt(weights, { query, key }),
  }));
  return keys.sort((a, b) => b.weight - a.weight).slice(0, count);
}

/** A pair of the map with its weight. */
export interface Pair extends Cell {
  readonly weight: number;
}

/** The strongest pairs of a map, the strongest first. */
export function strongestPairs(weights: Weights, count: number): Pair[] {
  const { size, values } = weights;
  const kept: Pair[] = [];
  let least = -1;
  for (let query = 0; query < size; query += 1) {
    const end = visibleKeys(weights, query);
    for (let key = 0; key < end; key += 1) {
      const weight = values[query * size + key] ?? 0;
      // Of a long text nearly every cell ends here.
      if (!(weight > least)) continue;
      const place = kept.findIndex((pair) => pair.weight < weight);
      kept.splice(place < 0 ? kept.length : place, 0, { query, key, weight });
      if (kept.length > count) kept.pop();
      if (kept.length === count) least = kept[count - 1]?.weight ?? -1;
    }
  }
  return kept;
}

/** Cells whose weight is not a number: of a model that has diverged. */
export function countNotANumber({ values }: Weights): number {
  let count = 0;
  for (const value of values) if (Number.isNaN(value)) count += 1;
  return count;
}

/**
 * How many bits a query's choice among its keys is uncertain by: 0 for one key alone, log₂ of their
 * number for all alike.
 */
export function entropyOf(weights: Weights, query: number): number {
  let bits = 0;
  for (let key = 0; key < visibleKeys(weights, query); key += 1) {
    const weight = weightAt(weights, { query, key });
    if (weight > 0) bits -= weight * Math.log2(weight);
  }
  return bits;
}
