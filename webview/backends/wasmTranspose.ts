/**
 * @file Swaps the last two axes on WASM, tile by tile, so that every line of either matrix is
 * touched once.
 */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';

import * as tf from './tf';

/** Rows of one block: its columns fill lines of the cache. */
const block = 16;

/** Rows and columns of one tile, which the processor's registers hold. */
const tile = 4;

/** A new tensor [… columns, rows] of `matrix` [… rows, columns], float32. */
export function transposed(backend: BackendWasm, matrix: tf.TensorInfo): tf.TensorInfo {
  const batch = matrix.shape.slice(0, -2);
  const [rows = 1, columns = 1] = matrix.shape.slice(-2);
  const result = backend.makeOutput([...batch, columns, rows], 'float32');
  const from = backend.typedArrayFromHeap(matrix) as Float32Array;
  const to = backend.typedArrayFromHeap(result) as Float32Array;
  const count = tf.util.sizeFromShape(batch);
  for (let index = 0; index < count; index++) {
    transposeInto(from, to, index * rows * columns, rows, columns);
  }
  return result;
}

function transposeInto(
  from: Float32Array,
  to: Float32Array,
  offset: number,
  rows: number,
  columns: number,
): void {
  const tiledRows = rows - (rows % tile);
  const tiledColumns = columns - (columns % tile);
  for (let top = 0; top < tiledRows; top += block) {
    const bottom = Math.min(top + block, tiledRows);
    for (let column = 0; column < tiledColumns; column += tile) {
      for (let row = top; row < bottom; row += tile) {
        const source = offset + row * columns + column;
        transposeTile(from, source, columns, to, offset + column * rows + row, rows);
      }
    }
  }
  for (let row = 0; row < rows; row++) {
    // What no tile covers: the last columns of every row, and all columns of the last rows.
    for (let column = row < tiledRows ? tiledColumns : 0; column < columns; column++) {
      to[offset + column * rows + row] = from[offset + row * columns + column] ?? 0;
    }
  }
}

/** Sixteen numbers, all read before any is written: a loop over them takes three times as long. */
function transposeTile(
  from: Float32Array,
  source: number,
  columns: number,
  to: Float32Array,
  target: number,
  rows: number,
): void {
  const second = source + columns;
  const third = second + columns;
  const fourth = third + columns;
  const a0 = from[source] ?? 0;
  const a1 = from[source + 1] ?? 0;
  const a2 = from[source + 2] ?? 0;
  const a3 = from[source + 3] ?? 0;
  const b0 = from[second] ?? 0;
  const b1 = from[second + 1] ?? 0;
  const b2 = from[second + 2] ?? 0;
  const b3 = from[second + 3] ?? 0;
  const c0 = from[third] ?? 0;
  const c1 = from[third + 1] ?? 0;
  const c2 = from[third + 2] ?? 0;
  const c3 = from[third + 3] ?? 0;
  const d0 = from[fourth] ?? 0;
  const d1 = from[fourth + 1] ?? 0;
  const d2 = from[fourth + 2] ?? 0;
  const d3 = from[fourth + 3] ?? 0;
  write(to, target, a0, b0, c0, d0);
  write(to, target + rows, a1, b1, c1, d1);
  write(to, target + 2 * rows, a2, b2, c2, d2);
  write(to, target + 3 * rows, a3, b3, c3, d3);
}

function write(to: Float32Array, at: number, a: number, b: number, c: number, d: number): void {
  to[at] = a;
  to[at + 1] = b;
  to[at + 2] = c;
  to[at + 3] = d;
}
