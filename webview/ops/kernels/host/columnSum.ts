/** @file The sum of a matrix over its rows on the processor: the gradient of a bias. */
import { registerHostKernel, rowsAndColumns } from './memory';

/** sums[d] = Σ_n x[n, d], added in double, row after row. */
function columnSum(x: Float32Array, columns: number): Float64Array {
  const sums = new Float64Array(columns);
  for (let start = 0; start < x.length; start += columns) {
    for (let c = 0; c < columns; c++) sums[c] = (sums[c] ?? 0) + (x[start + c] ?? 0);
  }
  return sums;
}

export function registerHostColumnSum(): void {
  registerHostKernel<'x'>('ColumnSum', ({ x }, _, memory) => {
    const [, columns] = rowsAndColumns(x);
    const sums = memory.allocate([columns]);
    memory.floats(sums).set(columnSum(memory.floats(x), columns));
    return sums;
  });
}
