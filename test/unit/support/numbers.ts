/**
 * @file Random arrays and comparisons for tests of arithmetic, in double and independent of the
 * product's code.
 */
import { expect } from 'vitest';

/**
 * `length` numbers of standard normal shape from a small generator of the tests' own (mulberry32).
 */
export function normals(length: number, seed: number, spread = 1): number[] {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return Array.from({ length }, () =>
    Math.fround(
      spread * Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    ),
  );
}

/**
 * Fails unless |got − want| ≤ tolerance · max|want| for every element; says where it differs most.
 */
export function expectClose(
  got: ArrayLike<number>,
  want: ArrayLike<number>,
  tolerance = 1e-5,
): void {
  expect(got.length).toBe(want.length);
  let scale = 0;
  let worst = 0;
  let where = -1;
  for (let i = 0; i < want.length; i++) {
    scale = Math.max(scale, Math.abs(want[i] ?? NaN));
    const difference = Math.abs((got[i] ?? NaN) - (want[i] ?? NaN));
    if (!(difference <= worst) && !Number.isNaN(worst)) [worst, where] = [difference, i];
  }
  const text = `element ${where}: got ${got[where] ?? NaN}, want ${want[where] ?? NaN}`;
  expect(worst, text).toBeLessThanOrEqual(tolerance * scale);
}

/** The gradient of `f` at `x` by central differences, in double. */
export function finiteDifferences(
  f: (x: readonly number[]) => number,
  x: readonly number[],
  step = 1e-5,
): number[] {
  return x.map((value, i) => {
    const at = (moved: number) => f(x.with(i, moved));
    return (at(value + step) - at(value - step)) / (2 * step);
  });
}

/** Σ a·b. */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? NaN) * (b[i] ?? NaN);
  return sum;
}
