/**
 * @file LayerNorm in one kernel. `model/layerNorm.ts` is the definition; this computes the same in
 * one pass over memory instead of eight, and has no mean or variance to look at.
 */
import * as tf from '../backends/tf';
import { defineOp } from './defineOp';
import { layerNormBackward, layerNormForward } from './kernels/calls';
import { sizeOf, type Tensor } from './tensor';
import { withGradient } from './withGradient';

const layerNormOp = defineOp<[Tensor, Tensor, ...Tensor[]], { epsilon: number }>({
  name: 'fusedLayerNorm',
  shape: ([x]) => x.shape,
  flops: ([x]) => 8 * sizeOf(x.shape),
  run: ([x, gain, bias], { epsilon }) => {
    const shift = bias ?? tf.zerosLike(gain);
    return withGradient({
      inputs: [x, gain, shift],
      compute: () => layerNormForward(x, gain, shift, epsilon),
      gradient: (dy, { inputs }) => layerNormBackward(inputs[0], inputs[1], dy, epsilon),
    });
  },
});

/**
 * (x − mean) / √(variance + ε) · gain + bias over the last axis: [… dModel], [dModel], [dModel].
 */
export function fusedLayerNorm(
  x: Tensor,
  gain: Tensor,
  bias: Tensor | undefined,
  epsilon: number,
): Tensor {
  return layerNormOp(bias ? [x, gain, bias] : [x, gain], { epsilon });
}
