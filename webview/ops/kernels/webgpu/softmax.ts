/** @file Softmax over the last axis, whole or causal, and its gradient in WGSL: one invocation a row. */
import type * as tf from '../../../backends/tf';
import { rowsAndColumns } from '../host/memory';
import type { SoftmaxAttributes } from '../host/softmax';
import { registerGpuKernel } from './register';
import { shader } from './shader';

/** Row r of a causal block of \`queries\` rows sees its first r + 1 + columns − queries columns. */
const visible = `
fn visible_columns(row: u32) -> u32 {
  if (sizes.queries == 0u) { return sizes.columns; }
  return row % sizes.queries + 1u + sizes.columns - sizes.queries;
}`;

const forward = shader({
  name: 'SoftmaxForward',
  outputs: ['y'],
  inputs: ['x'],
  uniforms: ['rows', 'columns', 'queries'],
  declarations: visible,
  body: `
  if (index >= sizes.rows) { return; }
  let start = index * sizes.columns;
  let end = start + visible_columns(index);
  var largest = -3.4e38;
  for (var i = start; i < end; i++) { largest = max(largest, x[i]); }
  var sum = 0.0;
  for (var i = start; i < end; i++) {
    let e = exp(x[i] - largest);
    y[i] = e;
    sum += e;
  }
  for (var i = start; i < end; i++) { y[i] /= sum; }
  for (var i = end; i < start + sizes.columns; i++) { y[i] = 0.0; }`,
});

const backward = shader({
  name: 'SoftmaxBackward',
  outputs: ['dx'],
  inputs: ['y', 'dy'],
  uniforms: ['rows', 'columns', 'queries'],
  declarations: visible,
  body: `
  if (index >= sizes.rows) { return; }
  let start = index * sizes.columns;
  let end = start + visible_columns(index);
  var sum = 0.0;
  for (var i = start; i < end; i++) { sum += y[i] * dy[i]; }
  for (var i = start; i < end; i++) { dx[i] = y[i] * (dy[i] - sum); }
  for (var i = end; i < start + sizes.columns; i++) { dx[i] = 0.0; }`,
});

const sizesOf = (tensor: tf.TensorInfo, causal: boolean) => {
  const [rows, columns] = rowsAndColumns(tensor);
  return [rows, columns, causal ? (tensor.shape.at(-2) ?? 1) : 0] as const;
};

export function registerGpuSoftmax(): void {
  registerGpuKernel<'x', SoftmaxAttributes>('SoftmaxForward', ({ x }, { causal }, memory) => {
    const sizes = sizesOf(x, causal);
    const y = memory.allocate(x.shape);
    memory.launch(forward, [y], [x], sizes, sizes[0]);
    return y;
  });
  registerGpuKernel<'y' | 'dy', SoftmaxAttributes>(
    'SoftmaxBackward',
    ({ y, dy }, { causal }, memory) => {
      const sizes = sizesOf(y, causal);
      const dx = memory.allocate(y.shape);
      memory.launch(backward, [dx], [y, dy], sizes, sizes[0]);
      return dx;
    },
  );
}
