/** @file Swaps the last two axes on WASM, block by block, so that both matrices stay in the processor's cache. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';

import * as tf from './tf';

/** Rows and columns of one block: two blocks of float32 fill 2 kB. */
const block = 16;

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
  for (let top = 0; top < rows; top += block) {
    const bottom = Math.min(top + block, rows);
    for (let left = 0; left < columns; left += block) {
      const right = Math.min(left + block, columns);
      for (let column = left; column < right; column++) {
        for (let row = top; row < bottom; row++) {
          to[offset + column * rows + row] = from[offset + row * columns + column] ?? 0;
        }
      }
    }
  }
}
