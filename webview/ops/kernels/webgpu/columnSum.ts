/** @file The sum of a matrix over its rows in WGSL, in two stages of fixed order. */
import type * as tf from '../../../backends/tf';
import { rowsAndColumns } from '../host/memory';
import type { GpuMemory } from './launcher';
import { registerGpuKernel } from './register';
import { shader } from './shader';

/** One invocation adds `chunk` rows of one column. */
const sumRows = shader({
  name: 'ColumnSum',
  outputs: ['sums'],
  inputs: ['x'],
  uniforms: ['rows', 'columns', 'chunk'],
  body: `
  let column = index % sizes.columns;
  let first = index / sizes.columns * sizes.chunk;
  if (first >= sizes.rows) { return; }
  var sum = 0.0;
  for (var row = first; row < min(first + sizes.chunk, sizes.rows); row++) {
    sum += x[row * sizes.columns + column];
  }
  sums[index] = sum;`,
});

/**
 * Rows that one invocation adds: about √rows, so that both stages have much to do at once and
 * little to round.
 */
export function chunkOf(rows: number): number {
  return Math.ceil(Math.sqrt(rows));
}

/** Queues sums[d] = Σ x[rows, d]. */
export function launchColumnSum(
  memory: GpuMemory,
  x: tf.TensorInfo,
  rows: number,
  columns: number,
): tf.TensorInfo {
  const chunk = chunkOf(rows);
  const chunks = Math.ceil(rows / chunk);
  const partial = memory.allocate([chunks, columns]);
  memory.launch(sumRows, [partial], [x], [rows, columns, chunk], chunks * columns);
  const sums = memory.allocate([columns]);
  memory.launch(sumRows, [sums], [partial], [chunks, columns, chunks], columns);
  memory.release(partial);
  return sums;
}

export function registerGpuColumnSum(): void {
  registerGpuKernel<'x'>('ColumnSum', ({ x }, _, memory) => {
    const [rows, columns] = rowsAndColumns(x);
    return launchColumnSum(memory, x, rows, columns);
  });
}
