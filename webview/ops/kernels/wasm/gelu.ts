/** @file GELU and its gradient on WASM by XNNPACK's vectors; formulas as in `host/gelu.ts`. */
import type * as tf from '../../../backends/tf';
import { cubic, slope } from '../host/gelu';
import { registerVectorKernel, type Vectors } from './vectors';

/** Beyond ±20 the gate σ(2u) is 0 or 1 to the last bit, and the cubic might overflow to 0 · ∞. */
const edge = 20;

/** gate = σ(x·(slope + slope·cubic·x²)); `gate` holds x² and may lose it. */
function gateOf(x: tf.TensorInfo, gate: tf.TensorInfo, v: Vectors): void {
  v.multiply(gate, slope * cubic, gate);
  v.add(gate, slope, gate);
  v.multiply(gate, x, gate);
  v.sigmoid(gate, gate);
}

export function registerWasmGelu(): void {
  registerVectorKernel<'x'>('GeluForward', ({ x }, v) => {
    const near = v.allocate(x.shape);
    const y = v.allocate(x.shape);
    v.clip(x, -edge, edge, near);
    v.multiply(near, near, y);
    gateOf(near, y, v);
    v.multiply(y, x, y);
    v.release(near);
    return y;
  });
  // dx = dy·gate·(1 + x·(1 − gate)·(2u)′), (2u)′ = slope + 3·slope·cubic·x²
  registerVectorKernel<'x' | 'dy'>('GeluBackward', ({ x, dy }, v) => {
    const near = v.allocate(x.shape);
    const gate = v.allocate(x.shape);
    const dx = v.allocate(x.shape);
    v.clip(x, -edge, edge, near);
    v.multiply(near, near, gate);
    v.multiply(gate, 3 * slope * cubic, dx);
    v.add(dx, slope, dx);
    v.multiply(dx, near, dx);
    gateOf(near, gate, v);
    v.multiply(dx, gate, near);
    v.subtract(dx, near, dx);
    v.add(dx, 1, dx);
    v.multiply(dx, gate, dx);
    v.multiply(dx, dy, dx);
    v.release(near, gate);
    return dx;
  });
}
