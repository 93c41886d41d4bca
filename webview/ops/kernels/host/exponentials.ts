/**
 * @file Exponential, sigmoid and softmax in JavaScript, to float32's precision. Knows no tensors.
 */

/** 2^k for k from −256 to 255, at index k + 256: more than float32 can hold. */
const powersOfTwo = Float64Array.from({ length: 512 }, (_, index) => 2 ** (index - 256));

/**
 * exp(x) with a relative error below 1e-8: x·log₂e = k + f with k whole and |f| ≤ ½; 2^k comes from
 * a table, 2^f from its Taylor polynomial of degree 7 in f·ln 2, summed in pairs (Estrin's scheme)
 * so that the processor can overlap them. NaN stays NaN; below 2^−256 the result is 0, above 2^255
 * it is ∞.
 */
export function exp(x: number): number {
  const t = x * Math.LOG2E;
  if (!(t > -256)) return Number.isNaN(t) ? NaN : 0;
  if (t >= 255) return Infinity;
  const k = Math.floor(t + 0.5);
  const f = (t - k) * Math.LN2;
  const f2 = f * f;
  const low = 1 + f + f2 * (1 / 2 + f * (1 / 6));
  const high = 1 / 24 + f * (1 / 120) + f2 * (1 / 720 + f * (1 / 5040));
  return (low + f2 * f2 * high) * (powersOfTwo[k + 256] ?? NaN);
}

/** y = 1/(1 + exp(−x)) of each element. */
export function sigmoid(x: Float32Array, y: Float32Array): void {
  for (let i = 0; i < x.length; i++) y[i] = 1 / (1 + exp(-(x[i] ?? 0)));
}

/** y = exp(x − max)/Σ exp(x − max) in each row of `columns`. */
export function softmax(x: Float32Array, y: Float32Array, columns: number): void {
  for (let start = 0; start < x.length; start += columns) {
    const end = start + columns;
    let largest = -Infinity;
    for (let i = start; i < end; i++) largest = Math.max(largest, x[i] ?? 0);
    let sum = 0;
    for (let i = start; i < end; i++) {
      const e = exp((x[i] ?? 0) - largest);
      y[i] = e;
      sum += e;
    }
    const scale = 1 / sum;
    for (let i = start; i < end; i++) y[i] = (y[i] ?? 0) * scale;
  }
}
