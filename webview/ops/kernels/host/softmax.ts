/** @file Softmax over the last axis, whole or causal, and its gradient on the processor. */
import { registerHostKernel, rowsAndColumns } from './memory';

/** What softmax takes beside its tensors. */
export interface SoftmaxAttributes {
  /** Query i of the second-to-last axis sees keys up to i + keys − queries of the last. */
  readonly causal: boolean;
}

/** Far below any score, and finite, so that its exponential is exactly 0. */
const hidden = -3e38;

/** y = x where query `row % queries` may see the key, else so low that softmax gives 0. */
function hideLaterKeys(x: Float32Array, columns: number, queries: number, y: Float32Array): void {
  for (let start = 0, row = 0; start < x.length; start += columns, row++) {
    const end = start + (row % queries) + 1 + columns - queries;
    for (let i = start; i < end; i++) y[i] = x[i] ?? 0;
    y.fill(hidden, end, start + columns);
  }
}

/** dx = y·(dy − Σ y·dy) in each row; 0 wherever y is masked. */
function softmaxBackward(
  y: Float32Array,
  dy: Float32Array,
  columns: number,
  queries: number,
  dx: Float32Array,
): void {
  for (let start = 0, row = 0; start < y.length; start += columns, row++) {
    const end = start + (queries === 0 ? columns : (row % queries) + 1 + columns - queries);
    let sum = 0;
    for (let i = start; i < end; i++) sum += (y[i] ?? 0) * (dy[i] ?? 0);
    for (let i = start; i < end; i++) dx[i] = (y[i] ?? 0) * ((dy[i] ?? 0) - sum);
    dx.fill(0, end, start + columns);
  }
}

export function registerHostSoftmax(): void {
  registerHostKernel<'x', SoftmaxAttributes>('SoftmaxForward', ({ x }, { causal }, memory) => {
    const [, columns] = rowsAndColumns(x);
    if (!causal) return memory.softmax(x);
    const masked = memory.allocate(x.shape);
    hideLaterKeys(memory.floats(x), columns, x.shape.at(-2) ?? 1, memory.floats(masked));
    const y = memory.softmax(masked);
    memory.release(masked);
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
