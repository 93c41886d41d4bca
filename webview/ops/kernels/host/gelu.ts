/** @file GELU and its gradient on the processor. Knows no graph and no gradient tape. */
import { registerHostKernel, type HostMemory } from './memory';
import type { TensorInfo } from '../../../backends/tf';

/**
 * 2·√(2/π): GELU's tanh form is x·σ(2u), u = √(2/π)(x + 0.044715 x³), because 1 + tanh u = 2σ(2u).
 */
export const slope = 2 * Math.sqrt(2 / Math.PI);
export const cubic = 0.044715;

/** σ(2u) of each element of x, as a new tensor. */
function gateOf(x: TensorInfo, memory: HostMemory): TensorInfo {
  const inner = memory.allocate(x.shape);
  const from = memory.floats(x);
  const to = memory.floats(inner);
  for (let i = 0; i < from.length; i++) {
    const a = from[i] ?? 0;
    to[i] = slope * (a + cubic * a * a * a);
  }
  const gate = memory.sigmoid(inner);
  memory.release(inner);
  return gate;
}

/**
 * y = ½x(1 + tanh(√(2/π)(x + 0.044715x³))) (Hendrycks & Gimpel, 2016), as GPT-2 computes it; y
 * holds σ(2u).
 */
function geluForward(x: Float32Array, y: Float32Array): void {
  for (let i = 0; i < x.length; i++) y[i] = (y[i] ?? 0) * (x[i] ?? 0);
}

/** dx = dy·(σ + x·σ(1 − σ)·(2u)′) with σ = σ(2u); dx holds σ. */
function geluBackward(x: Float32Array, dy: Float32Array, dx: Float32Array): void {
  for (let i = 0; i < x.length; i++) {
    const a = x[i] ?? 0;
    const gate = dx[i] ?? 0;
    const inner = slope * (1 + 3 * cubic * a * a);
    // Where σ is 1 to the last bit the cubic may overflow, and 0·∞ would be NaN.
    const curve = gate === 1 || gate === 0 ? 0 : a * (1 - gate) * inner;
    dx[i] = (dy[i] ?? 0) * gate * (1 + curve);
  }
}

export function registerHostGelu(): void {
  registerHostKernel<'x'>('GeluForward', ({ x }, _, memory) => {
    const y = gateOf(x, memory);
    geluForward(memory.floats(x), memory.floats(y));
    return y;
  });
  registerHostKernel<'x' | 'dy'>('GeluBackward', ({ x, dy }, _, memory) => {
    const dx = gateOf(x, memory);
    geluBackward(memory.floats(x), memory.floats(dy), memory.floats(dx));
    return dx;
  });
}
