/** @file One AdamW update in WGSL, in place: parameter and moments keep their buffers. */
import * as tf from '../../../backends/tf';
import { hyperIndex } from '../adamWHyper';
import { registerGpuKernel } from './register';
import { shader } from './shader';

const named = (name: keyof typeof hyperIndex) => `hyper[${hyperIndex[name]}]`;

/**
 * Formulas as in the host's kernel; learning rate and step come from a buffer, so that a recorded
 * step stays valid.
 */
const update = shader({
  name: 'AdamW',
  outputs: ['parameter', 'm', 'v'],
  inputs: ['gradient', 'hyper', 'scale'],
  uniforms: ['size', 'decay'],
  body: `
  if (index >= sizes.size) { return; }
  let g = gradient[index] * scale[0];
  let first = ${named('beta1')} * m[index] + ${named('oneMinusBeta1')} * g;
  let second = ${named('beta2')} * v[index] + ${named('oneMinusBeta2')} * g * g;
  m[index] = first;
  v[index] = second;
  let rate = ${named('learningRate')};
  let shrink = rate * ${named('weightDecay')} * f32(sizes.decay);
  let root = sqrt(second * ${named('correction2')}) + ${named('epsilon')};
  let p = parameter[index];
  parameter[index] = p - shrink * p - rate * ${named('correction1')} * first / root;`,
});

export function registerGpuAdamW(): void {
  registerGpuKernel<'parameter' | 'gradient' | 'm' | 'v' | 'hyper' | 'scale', { decay: boolean }>(
    'AdamW',
    ({ parameter, gradient, m, v, hyper, scale }, { decay }, memory) => {
      const size = tf.util.sizeFromShape(parameter.shape);
      const updated = [parameter, m, v];
      memory.launch(update, updated, [gradient, hyper, scale], [size, decay ? 1 : 0], size);
      return updated.map((tensor) => memory.share(tensor));
    },
  );
}
