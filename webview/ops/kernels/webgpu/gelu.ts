/** @file GELU and its gradient in WGSL. */
import * as tf from '../../../backends/tf';
import { registerGpuKernel } from './register';
import { shader } from './shader';

/** 1 + tanh(u) = 2σ(2u) turns the tanh form into x·σ(2u); the clamp keeps exp from overflowing. */
const gate = `
const slope = 1.5957691216057308; // 2·√(2/π)
const cubic = 0.044715;
fn gate_of(x: f32) -> f32 {
  return 1.0 / (1.0 + exp(clamp(-slope * (x + cubic * x * x * x), -80.0, 80.0)));
}`;

const forward = shader({
  name: 'GeluForward',
  outputs: ['y'],
  inputs: ['x'],
  uniforms: ['size'],
  declarations: gate,
  body: `
  if (index >= sizes.size) { return; }
  y[index] = x[index] * gate_of(x[index]);`,
});

const backward = shader({
  name: 'GeluBackward',
  outputs: ['dx'],
  inputs: ['x', 'dy'],
  uniforms: ['size'],
  declarations: gate,
  body: `
  if (index >= sizes.size) { return; }
  let a = x[index];
  let g = gate_of(a);
  // Beyond ±20 the curve is straight in float32; clamping there keeps the cubic finite.
  let near = clamp(a, -20.0, 20.0);
  let inner = slope * (1.0 + 3.0 * cubic * near * near);
  dx[index] = dy[index] * g * (1.0 + a * (1.0 - g) * inner);`,
});

export function registerGpuGelu(): void {
  registerGpuKernel<'x'>('GeluForward', ({ x }, _, memory) => {
    const y = memory.allocate(x.shape);
    const size = tf.util.sizeFromShape(x.shape);
    memory.launch(forward, [y], [x], [size], size);
    return y;
  });
  registerGpuKernel<'x' | 'dy'>('GeluBackward', ({ x, dy }, _, memory) => {
    const dx = memory.allocate(x.shape);
    const size = tf.util.sizeFromShape(x.shape);
    memory.launch(backward, [dx], [x, dy], [size], size);
    return dx;
  });
}
