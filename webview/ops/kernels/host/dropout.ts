/**
 * @file Dropout on the processor: the mask is drawn anew from its key wherever it is needed, never
 * stored.
 */
import { mix } from '../../../config/random';
import { keepThreshold } from '../dropoutThreshold';
import { registerHostKernel } from './memory';

/**
 * y[i] = x[i]/(1 − rate) where uniform(key, i) ≥ rate, else 0. The same function takes dy to dx.
 */
export function applyDropout(x: Float32Array, key: number, rate: number, y: Float32Array): void {
  const threshold = keepThreshold(rate);
  const scale = 1 / (1 - rate);
  for (let i = 0; i < x.length; i++) {
    y[i] = mix(key, i) >= threshold ? (x[i] ?? 0) * scale : 0;
  }
}

export function registerHostDropout(): void {
  registerHostKernel<'x' | 'key', { rate: number }>(
    'DropoutApply',
    ({ x, key }, { rate }, memory) => {
      const y = memory.allocate(x.shape);
      const bits = memory.integers(key)[0] ?? 0;
      applyDropout(memory.floats(x), bits >>> 0, rate, memory.floats(y));
      return y;
    },
  );
}
