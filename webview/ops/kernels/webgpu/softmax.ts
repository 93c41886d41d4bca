/** @file Softmax over the last axis and its gradient in WGSL: one invocation a row. */
import { rowsAndColumns } from '../host/memory';
import { registerGpuKernel } from './register';
import { shader } from './shader';

const forward = shader({
  name: 'SoftmaxForward',
  outputs: ['y'],
  inputs: ['x'],
  uniforms: ['rows', 'columns'],
  body: `
  if (index >= sizes.rows) { return; }
  let start = index * sizes.columns;
  let end = start + sizes.columns;
  var largest = -3.4e38;
  for (var i = start; i < end; i++) { largest = max(largest, x[i]); }
  var sum = 0.0;
  for (var i = start; i < end; i++) {
    let e = exp(x[i] - largest);
    y[i] = e;
    sum += e;
  }
  for (var i = start; i < end; i++) { y[i] /= sum; }`,
});

const backward = shader({
  name: 'SoftmaxBackward',
  outputs: ['dx'],
  inputs: ['y', 'dy'],
  uniforms: ['rows', 'columns'],
  body: `
  if (index >= sizes.rows) { return; }
  let start = index * sizes.columns;
  let end = start + sizes.columns;
  var sum = 0.0;
  for (var i = start; i < end; i++) { sum += y[i] * dy[i]; }
  for (var i = start; i < end; i++) { dx[i] = y[i] * (dy[i] - sum); }`,
});

export function registerGpuSoftmax(): void {
  registerGpuKernel<'x'>('SoftmaxForward', ({ x }, _, memory) => {
    const sizes = rowsAndColumns(x);
    const y = memory.allocate(x.shape);
    memory.launch(forward, [y], [x], sizes, sizes[0]);
    return y;
  });
  registerGpuKernel<'y' | 'dy'>('SoftmaxBackward', ({ y, dy }, _, memory) => {
    const sizes = rowsAndColumns(y);
    const dx = memory.allocate(y.shape);
    memory.launch(backward, [dx], [y, dy], sizes, sizes[0]);
    return dx;
  });
}
