/** @file GELU and its gradient on the processor. Knows no graph and no gradient tape. */
import { exp } from './exp';
import { registerHostKernel } from './memory';

/** 2·√(2/π): GELU's tanh form is x·σ(2u), u = √(2/π)(x + 0.044715 x³), because 1 + tanh u = 2σ(2u). */
const slope = 2 * Math.sqrt(2 / Math.PI);
const cubic = 0.044715;

/** y = ½x(1 + tanh(√(2/π)(x + 0.044715x³))) (Hendrycks & Gimpel, 2016), as GPT-2 computes it. */
export function geluForward(x: Float32Array, y: Float32Array): void {
  for (let i = 0; i < x.length; i++) {
    const a = x[i] ?? 0;
    y[i] = a / (1 + exp(-slope * (a + cubic * a * a * a)));
  }
}

/** dx = dy·(σ + x·σ(1 − σ)·(2u)′) with σ = σ(2u). */
export function geluBackward(x: Float32Array, dy: Float32Array, dx: Float32Array): void {
  for (let i = 0; i < x.length; i++) {
    const a = x[i] ?? 0;
    const sigmoid = 1 / (1 + exp(-slope * (a + cubic * a * a * a)));
    const inner = slope * (1 + 3 * cubic * a * a);
    dx[i] = (dy[i] ?? 0) * sigmoid * (1 + a * (1 - sigmoid) * inner);
  }
}

export function registerHostGelu(): void {
  registerHostKernel<'x'>('GeluForward', ({ x }, _, memory) => {
    const y = memory.allocate(x.shape);
    geluForward(memory.floats(x), memory.floats(y));
    return y;
  });
  registerHostKernel<'x' | 'dy'>('GeluBackward', ({ x, dy }, _, memory) => {
    const dx = memory.allocate(x.shape);
    geluBackward(memory.floats(x), memory.floats(dy), memory.floats(dx));
    return dx;
  });
}
