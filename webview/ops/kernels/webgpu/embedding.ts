/**
 * @file The gradient of an embedding table in WGSL: each of its numbers is owned by one invocation,
 * so no atomics.
 */
import * as tf from '../../../backends/tf';
import { registerGpuKernel } from './register';
import { shader } from './shader';

/** For a table with fewer rows than ids: the invocation of each number looks through all ids. */
const byRow = shader({
  name: 'EmbeddingGradientByRow',
  outputs: ['gradient'],
  inputs: ['ids: i32', 'dy'],
  uniforms: ['rows', 'columns', 'count'],
  body: `
  if (index >= sizes.rows * sizes.columns) { return; }
  let row = i32(index / sizes.columns);
  let column = index % sizes.columns;
  var sum = 0.0;
  for (var n = 0u; n < sizes.count; n++) {
    if (ids[n] == row) { sum += dy[n * sizes.columns + column]; }
  }
  gradient[index] = sum;`,
});

const clear = shader({
  name: 'EmbeddingGradientClear',
  outputs: ['gradient'],
  inputs: [],
  uniforms: ['size'],
  body: `
  if (index >= sizes.size) { return; }
  gradient[index] = 0.0;`,
});

/**
 * For a large vocabulary: the first occurrence of an id adds all its occurrences, in their order.
 */
const byFirstOccurrence = shader({
  name: 'EmbeddingGradientByOccurrence',
  outputs: ['gradient'],
  inputs: ['ids: i32', 'dy'],
  uniforms: ['rows', 'columns', 'count'],
  body: `
  if (index >= sizes.count * sizes.columns) { return; }
  let first = index / sizes.columns;
  let column = index % sizes.columns;
  let id = ids[first];
  if (id < 0 || u32(id) >= sizes.rows) { return; }
  for (var n = 0u; n < first; n++) {
    if (ids[n] == id) { return; }
  }
  var sum = 0.0;
  for (var n = first; n < sizes.count; n++) {
    if (ids[n] == id) { sum += dy[n * sizes.columns + column]; }
  }
  gradient[u32(id) * sizes.columns + column] = sum;`,
});

export function registerGpuEmbedding(): void {
  registerGpuKernel<'ids' | 'dy', { rows: number }>(
    'EmbeddingGradient',
    ({ ids, dy }, { rows }, memory) => {
      const count = tf.util.sizeFromShape(ids.shape);
      const columns = dy.shape.at(-1) ?? 1;
      const size = rows * columns;
      const gradient = memory.allocate([rows, columns]);
      if (rows <= count) {
        memory.launch(byRow, [gradient], [ids, dy], [rows, columns, count], size);
      } else {
        memory.launch(clear, [gradient], [], [size], size);
        memory.launch(
          byFirstOccurrence,
          [gradient],
          [ids, dy],
          [rows, columns, count],
          count * columns,
        );
      }
      return gradient;
    },
  );
}
