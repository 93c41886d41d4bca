/** @file Softmax over the last axis, whole or causal, and its gradient on the processor. */
import { exp } from './exp';
import { registerHostKernel, rowsAndColumns } from './memory';

/**
 * y = exp(x − max)/Σ exp(x − max) in each row of `columns`. Row r of a block of `rows` sees its first visible(r)
 * columns; the rest is exactly 0.
 *
 * @param queries Rows of one causal block: row r sees columns up to r + columns − queries. 0 for no mask.
 */
export function softmaxForward(
  x: Float32Array,
  columns: number,
  queries: number,
  y: Float32Array,
): void {
  for (let start = 0, row = 0; start < x.length; start += columns, row++) {
    const end = start + visibleColumns(row, columns, queries);
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
    y.fill(0, end, start + columns);
  }
}

/** dx = y·(dy − Σ y·dy) in each row; 0 wherever y is masked. */
export function softmaxBackward(
  y: Float32Array,
  dy: Float32Array,
  columns: number,
  queries: number,
  dx: Float32Array,
): void {
  for (let start = 0, row = 0; start < y.length; start += columns, row++) {
    const end = start + visibleColumns(row, columns, queries);
    let sum = 0;
    for (let i = start; i < end; i++) sum += (y[i] ?? 0) * (dy[i] ?? 0);
    for (let i = start; i < end; i++) dx[i] = (y[i] ?? 0) * ((dy[i] ?? 0) - sum);
    dx.fill(0, end, start + columns);
  }
}

function visibleColumns(row: number, columns: number, queries: number): number {
  return queries === 0 ? columns : (row % queries) + 1 + columns - queries;
}

/** What softmax takes beside its tensors. */
export interface SoftmaxAttributes {
  /** Query i of the second-to-last axis sees keys up to i + keys − queries of the last. */
  readonly causal: boolean;
}

export function registerHostSoftmax(): void {
  registerHostKernel<'x', SoftmaxAttributes>('SoftmaxForward', ({ x }, { causal }, memory) => {
    const [, columns] = rowsAndColumns(x);
    const y = memory.allocate(x.shape);
    const queries = causal ? (x.shape.at(-2) ?? 1) : 0;
    softmaxForward(memory.floats(x), columns, queries, memory.floats(y));
    return y;
  });
  registerHostKernel<'y' | 'dy', SoftmaxAttributes>(
    'SoftmaxBackward',
    ({ y, dy }, { causal }, memory) => {
      const [, columns] = rowsAndColumns(y);
      const dx = memory.allocate(y.shape);
      const queries = causal ? (y.shape.at(-2) ?? 1) : 0;
      softmaxBackward(memory.floats(y), memory.floats(dy), columns, queries, memory.floats(dx));
      return dx;
    },
  );
}
