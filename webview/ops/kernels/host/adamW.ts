/** @file One AdamW update on the processor. */
import { hyperIndex } from '../adamWHyper';
import type { TensorInfo } from '../../../backends/tf';
import { registerHostKernel } from './memory';

/** Parameter and moments, before an update or after it. */
export interface AdamWState {
  readonly parameter: Float32Array;
  readonly m: Float32Array;
  readonly v: Float32Array;
}

/**
 * With g = scale·gradient, m̂ and v̂ corrected for their start at zero:
 *   m ← β₁m + (1 − β₁)g        v ← β₂v + (1 − β₂)g²
 *   parameter ← parameter·(1 − lr·decay) − lr·m̂/(√v̂ + ε)
 */
function adamW(
  { parameter, m, v }: AdamWState,
  gradient: Float32Array,
  hyper: Float32Array,
  scale: number,
  decay: boolean,
  next: AdamWState,
): void {
  const at = (name: keyof typeof hyperIndex) => hyper[hyperIndex[name]] ?? NaN;
  const beta1 = at('beta1');
  const beta2 = at('beta2');
  const oneMinusBeta1 = at('oneMinusBeta1');
  const oneMinusBeta2 = at('oneMinusBeta2');
  const epsilon = at('epsilon');
  const correction2 = at('correction2');
  const rate = at('learningRate') * at('correction1');
  const keep = decay ? 1 - at('learningRate') * at('weightDecay') : 1;
  for (let i = 0; i < parameter.length; i++) {
    const g = (gradient[i] ?? 0) * scale;
    const first = beta1 * (m[i] ?? 0) + oneMinusBeta1 * g;
    const second = beta2 * (v[i] ?? 0) + oneMinusBeta2 * g * g;
    next.m[i] = first;
    next.v[i] = second;
    next.parameter[i] =
      (parameter[i] ?? 0) * keep - (rate * first) / (Math.sqrt(second * correction2) + epsilon);
  }
}

/**
 * Returns parameter and moments as new tensors: XNNPACK keeps packed weights by the tensor's
 * identity and would go on multiplying with the old ones, and a snapshot taken between steps must
 * not change under its reader.
 */
export function registerHostAdamW(): void {
  registerHostKernel<'parameter' | 'gradient' | 'm' | 'v' | 'hyper' | 'scale', { decay: boolean }>(
    'AdamW',
    ({ parameter, gradient, m, v, hyper, scale }, { decay }, memory) => {
      const updated = [parameter, m, v].map(({ shape }) => memory.allocate(shape));
      const stateOf = (tensors: readonly TensorInfo[]): AdamWState => {
        const [first, second, third] = tensors.map((tensor) => memory.floats(tensor));
        if (!first || !second || !third)
          throw new Error('AdamW needs a parameter and two moments.');
        return { parameter: first, m: second, v: third };
      };
      adamW(
        stateOf([parameter, m, v]),
        memory.floats(gradient),
        memory.floats(hyper),
        memory.floats(scale)[0] ?? NaN,
        decay,
        stateOf(updated),
      );
      return updated;
    },
  );
}
