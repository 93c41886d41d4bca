/**
 * @file LayerNorm in one kernel. `model/layerNorm.ts` is the definition; this computes the same in one
 * pass over memory instead of eight, and has no mean or variance to look at.
 */
import * as tf from '../backends/tf';
import { defineOp } from './defineOp';
import { layerNormBackward, layerNormForward } from './kernels/calls';
import { sizeOf, type Tensor } from './tensor';

const layerNormOp = defineOp<[Tensor, Tensor, ...Tensor[]], { epsilon: number }>({
  name: 'fusedLayerNorm',
  shape: ([x]) => x.shape,
  flops: ([x]) => 8 * sizeOf(x.shape),
  run: ([x, gain, bias], { epsilon }) => {
    return kernel(epsilon)(x, gain, bias ?? tf.zerosLike(gain));
  },
});

/** (x − mean) / √(variance + ε) · gain + bias over the last axis: [… dModel], [dModel], [dModel]. */
export function fusedLayerNorm(x: Tensor, gain: Tensor, bias: Tensor | undefined, epsilon: number): Tensor {
  return layerNormOp(bias ? [x, gain, bias] : [x, gain], { epsilon });
}

function kernel(epsilon: number) {
  return tf.customGrad((...inputs) => {
    const [x, gain, bias, save] = inputs as unknown as [tf.Tensor, tf.Tensor, tf.Tensor, tf.GradSaveFunc];
    save([x, gain]);
    return {
      value: layerNormForward(x, gain, bias, epsilon),
      gradFunc: (dy, saved) => {
        const [savedX, savedGain] = saved as [tf.Tensor, tf.Tensor];
        return layerNormBackward(savedX, savedGain, dy as tf.Tensor, epsilon);
      },
    };
  });
}
