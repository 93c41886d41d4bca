/** @file The gradient of an embedding table on the processor. */
import { registerHostKernel } from './memory';

/** gradient[rows, d]: row ids[n] gathers dy[n, d], in the order of n. */
export function embeddingGradient(ids: Int32Array, dy: Float32Array, gradient: Float32Array): void {
  const columns = dy.length / ids.length;
  gradient.fill(0);
  for (let n = 0; n < ids.length; n++) {
    const from = n * columns;
    const to = (ids[n] ?? 0) * columns;
    for (let c = 0; c < columns; c++) {
      gradient[to + c] = (gradient[to + c] ?? 0) + (dy[from + c] ?? 0);
    }
  }
}

export function registerHostEmbedding(): void {
  registerHostKernel<'ids' | 'dy', { rows: number }>(
    'EmbeddingGradient',
    ({ ids, dy }, { rows }, memory) => {
      const gradient = memory.allocate([rows, dy.shape.at(-1) ?? 1]);
      embeddingGradient(memory.integers(ids), memory.floats(dy), memory.floats(gradient));
      return gradient;
    },
  );
}
