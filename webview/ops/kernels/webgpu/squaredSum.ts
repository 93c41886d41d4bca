/** @file The sum of squares in WGSL, in an order that never changes. */
import * as tf from '../../../backends/tf';
import { registerGpuKernel } from './register';
import { shader } from './shader';

/** Invocations of the first stage; the second adds their sums in one workgroup. */
const strands = 1024;

/** Strand s adds the squares at s, s + 1024, s + 2048, … */
const addStrands = shader({
  name: 'SquaredSumStrands',
  outputs: ['partial'],
  inputs: ['x'],
  uniforms: ['size'],
  body: `
  var sum = 0.0;
  for (var i = index; i < sizes.size; i += ${strands}u) { sum += x[i] * x[i]; }
  partial[index] = sum;`,
});

/** Each of 256 invocations adds four strands; then halves are added to halves. */
const addTree = shader({
  name: 'SquaredSumTree',
  outputs: ['sum'],
  inputs: ['partial'],
  uniforms: ['size'],
  workgroup: 256,
  declarations: 'var<workgroup> sums: array<f32, 256>;',
  body: `
  let i = local.x;
  sums[i] = (partial[i] + partial[i + 256u]) + (partial[i + 512u] + partial[i + 768u]);
  workgroupBarrier();
  for (var half = 128u; half > 0u; half /= 2u) {
    if (i < half) { sums[i] += sums[i + half]; }
    workgroupBarrier();
  }
  if (i == 0u) { sum[0] = sums[0]; }`,
});

export function registerGpuSquaredSum(): void {
  registerGpuKernel<'x'>('SquaredSum', ({ x }, _, memory) => {
    const size = tf.util.sizeFromShape(x.shape);
    const partial = memory.allocate([strands]);
    memory.launch(addStrands, [partial], [x], [size], strands);
    const sum = memory.allocate([]);
    memory.launch(addTree, [sum], [partial], [], 256);
    memory.release(partial);
    return sum;
  });
}
