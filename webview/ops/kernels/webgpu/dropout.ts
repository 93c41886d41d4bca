/** @file Dropout in WGSL: the same draws, bit for bit, as on the processor. */
import * as tf from '../../../backends/tf';
import { keepThreshold } from '../dropoutThreshold';
import { registerGpuKernel } from './register';
import { shader } from './shader';

const apply = shader({
  name: 'DropoutApply',
  outputs: ['y'],
  inputs: ['x', 'key: i32'],
  uniforms: ['size', 'threshold', 'scale: f32'],
  declarations: `
// MurmurHash3's body and finalizer, as \`mix\` of webview/config/random computes it.
fn mix_bits(hash: u32, word: u32) -> u32 {
  var k = word * 0xcc9e2d51u;
  k = (k << 15u) | (k >> 17u);
  var h = hash ^ (k * 0x1b873593u);
  h = (h << 13u) | (h >> 19u);
  h = h * 5u + 0xe6546b64u;
  h ^= h >> 16u;
  h *= 0x85ebca6bu;
  h ^= h >> 13u;
  h *= 0xc2b2ae35u;
  return h ^ (h >> 16u);
}`,
  body: `
  if (index >= sizes.size) { return; }
  let kept = mix_bits(bitcast<u32>(key[0]), index) >= sizes.threshold;
  y[index] = select(0.0, x[index] * sizes.scale, kept);`,
});

export function registerGpuDropout(): void {
  registerGpuKernel<'x' | 'key', { rate: number }>(
    'DropoutApply',
    ({ x, key }, { rate }, memory) => {
      const y = memory.allocate(x.shape);
      const size = tf.util.sizeFromShape(x.shape);
      memory.launch(apply, [y], [x, key], [size, keepThreshold(rate), 1 / (1 - rate)], size);
      return y;
    },
  );
}
