/** @file The sum of squares of a tensor on the processor. */
import { registerHostKernel } from './memory';

/** Σ x², added in double, in order. */
export function squaredSum(x: Float32Array): number {
  let sum = 0;
  for (const value of x) sum += value * value;
  return sum;
}

export function registerHostSquaredSum(): void {
  registerHostKernel<'x'>('SquaredSum', ({ x }, _, memory) => {
    const sum = memory.allocate([]);
    memory.floats(sum)[0] = squaredSum(memory.floats(x));
    return sum;
  });
}
