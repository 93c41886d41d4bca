/** @file One AdamW update on the processor. */
import { hyperIndex } from '../adamWHyper';
import { registerHostKernel } from './memory';

/** The arrays of one update; the moments `m` and `v` are updated in place. */
export interface AdamWArrays {
  readonly parameter: Float32Array;
  readonly gradient: Float32Array;
  readonly m: Float32Array;
  readonly v: Float32Array;
  /** Where the new parameter goes; may be `parameter` itself. */
  readonly updated: Float32Array;
}

/**
 * With g = scale·gradient: m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g²,
 * parameter ← parameter·(1 − lr·decay) − lr·m̂/(√v̂ + ε), m̂ and v̂ corrected for their start at zero.
 */
export function adamW(
  { parameter, gradient, m, v, updated }: AdamWArrays,
  hyper: Float32Array,
  scale: number,
  decay: boolean,
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
    m[i] = first;
    v[i] = second;
    updated[i] =
      (parameter[i] ?? 0) * keep - (rate * first) / (Math.sqrt(second * correction2) + epsilon);
  }
}

/**
 * Returns the new parameter as a new tensor, because XNNPACK keeps packed weights by the tensor's identity: a
 * parameter updated in place would go on multiplying with its old values.
 */
export function registerHostAdamW(): void {
  registerHostKernel<'parameter' | 'gradient' | 'm' | 'v' | 'hyper' | 'scale', { decay: boolean }>(
    'AdamW',
    ({ parameter, gradient, m, v, hyper, scale }, { decay }, memory) => {
      const updated = memory.allocate(parameter.shape);
      adamW(
        {
          parameter: memory.floats(parameter),
          gradient: memory.floats(gradient),
          m: memory.floats(m),
          v: memory.floats(v),
          updated: memory.floats(updated),
        },
        memory.floats(hyper),
        memory.floats(scale)[0] ?? NaN,
        decay,
      );
      return updated;
    },
  );
}
