/** @file Softmax over the last axis and its gradient on the processor. */
import { registerHostKernel, rowsAndColumns } from './memory';

/** dx = y·(dy − Σ y·dy) in each row. */
function softmaxBackward(
  y: Float32Array,
  dy: Float32Array,
  columns: number,
  dx: Float32Array,
): void {
  for (let start = 0; start < y.length; start += columns) {
    const end = start + columns;
    let sum = 0;
    for (let i = start; i < end; i++) sum += (y[i] ?? 0) * (dy[i] ?? 0);
    for (let i = start; i < end; i++) dx[i] = (y[i] ?? 0) * ((dy[i] ?? 0) - sum);
  }
}

export function registerHostSoftmax(): void {
  registerHostKernel<'x'>('SoftmaxForward', ({ x }, _, memory) => memory.softmax(x));
  registerHostKernel<'y' | 'dy'>('SoftmaxBackward', ({ y, dy }, _, memory) => {
    const [, columns] = rowsAndColumns(y);
    const dx = memory.allocate(y.shape);
    softmaxBackward(memory.floats(y), memory.floats(dy), columns, memory.floats(dx));
    return dx;
  });
}
