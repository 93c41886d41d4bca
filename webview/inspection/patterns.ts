/**
 * @file Attention patterns made smaller or put together. Plain numbers, no tensors; every pattern
 * is [query × key], several of them [head × query × key], row-major.
 */
import type { HeadChoice } from '../protocol/attentionMaps';

/** A weight as a byte: 255 is a weight of 1. */
const whole = 255;

/** One head of several, or what they come to together, cell by cell. */
export function chosenPattern(
  patterns: Float32Array,
  heads: number,
  choice: HeadChoice,
): Float32Array {
  const size = patterns.length / heads;
  const headAt = (head: number): Float32Array => patterns.subarray(head * size, (head + 1) * size);
  if (typeof choice === 'number') return headAt(choice).slice();
  const joined = headAt(0).slice();
  for (let head = 1; head < heads; head++) {
    const pattern = headAt(head);
    for (let cell = 0; cell < size; cell++) {
      const [a, b] = [joined[cell] ?? NaN, pattern[cell] ?? NaN];
      joined[cell] = choice === 'max' ? Math.max(a, b) : a + b;
    }
  }
  return choice === 'max' ? joined : joined.map((sum) => sum / heads);
}

/**
 * Patterns over `tokens` tokens with `cells` a side, as bytes: a cell shows the largest of the
 * weights it stands for, so that no thin line is lost.
 */
export function pooled(patterns: Float32Array, tokens: number, cells: number): Uint8Array {
  const heads = patterns.length / tokens ** 2;
  const cellOf = Int32Array.from({ length: tokens }, (_, token) =>
    Math.floor((token * cells) / tokens),
  );
  const bytes = new Uint8Array(heads * cells ** 2);
  for (let row = 0; row < heads * tokens; row++) {
    const head = Math.floor(row / tokens);
    const start = (head * cells + (cellOf[row % tokens] ?? 0)) * cells;
    for (let key = 0; key < tokens; key++) {
      const at = start + (cellOf[key] ?? 0);
      const byte = Math.round(whole * (patterns[row * tokens + key] ?? 0));
      if (byte > (bytes[at] ?? 0)) bytes[at] = byte;
    }
  }
  return bytes;
}
