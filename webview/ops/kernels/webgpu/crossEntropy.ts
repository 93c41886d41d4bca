/**
 * @file Cross-entropy of logits against target ids, and its gradient, in WGSL: one invocation a
 * row.
 */
import { rowsAndColumns } from '../host/memory';
import { registerGpuKernel } from './register';
import { shader } from './shader';

const sums = `
// The row's largest logit, and Σ exp(logit − largest).
fn largest_and_sum(start: u32) -> vec2<f32> {
  var largest = -3.4e38;
  for (var c = 0u; c < sizes.columns; c++) { largest = max(largest, logits[start + c]); }
  var sum = 0.0;
  for (var c = 0u; c < sizes.columns; c++) { sum += exp(logits[start + c] - largest); }
  return vec2(largest, sum);
}`;

const forward = shader({
  name: 'CrossEntropyForward',
  outputs: ['losses'],
  inputs: ['logits', 'targets: i32'],
  uniforms: ['rows', 'columns'],
  declarations: sums,
  body: `
  if (index >= sizes.rows) { return; }
  if (targets[index] < 0) {
    losses[index] = 0.0;
    return;
  }
  let start = index * sizes.columns;
  let s = largest_and_sum(start);
  losses[index] = log(s.y) + (s.x - logits[start + u32(targets[index])]);`,
});

const backward = shader({
  name: 'CrossEntropyBackward',
  outputs: ['dLogits'],
  inputs: ['logits', 'targets: i32', 'dy'],
  uniforms: ['rows', 'columns'],
  declarations: sums,
  body: `
  if (index >= sizes.rows) { return; }
  let start = index * sizes.columns;
  if (targets[index] < 0) {
    for (var c = 0u; c < sizes.columns; c++) { dLogits[start + c] = 0.0; }
    return;
  }
  let s = largest_and_sum(start);
  for (var c = 0u; c < sizes.columns; c++) {
    dLogits[start + c] = dy[index] * exp(logits[start + c] - s.x) / s.y;
  }
  dLogits[start + u32(targets[index])] -= dy[index];`,
});

export function registerGpuCrossEntropy(): void {
  registerGpuKernel<'logits' | 'targets'>(
    'CrossEntropyForward',
    ({ logits, targets }, _, memory) => {
      const [rows, columns] = rowsAndColumns(logits);
      const losses = memory.allocate([rows]);
      memory.launch(forward, [losses], [logits, targets], [rows, columns], rows);
      return losses;
    },
  );
  registerGpuKernel<'logits' | 'targets' | 'dy'>(
    'CrossEntropyBackward',
    ({ logits, targets, dy }, _, memory) => {
      const [rows, columns] = rowsAndColumns(logits);
      const dLogits = memory.allocate(logits.shape);
      memory.launch(backward, [dLogits], [logits, targets, dy], [rows, columns], rows);
      return dLogits;
    },
  );
}
