/** @file Softmax along the last axis. */
import * as tf from '../backends/tf';
import { defineOp } from './defineOp';
import { softmaxBackward, softmaxForward } from './kernels/calls';
import { sizeOf, type Tensor } from './tensor';

const softmaxOp = defineOp<[Tensor]>({
  name: 'softmax',
  shape: ([x]) => x.shape,
  flops: ([x]) => 5 * sizeOf(x.shape),
  run: ([x]) => kernel(x),
});

/** eˣ / Σ eˣ along the last axis: positive numbers that sum to one. */
export function softmax(x: Tensor): Tensor {
  return softmaxOp([x], undefined);
}

const kernel = tf.customGrad((x, save) => {
  const value = softmaxForward(x as tf.Tensor, false);
  (save as tf.GradSaveFunc)([value]);
  return {
    value,
    gradFunc: (dy, saved) => {
      const [shares] = saved as [tf.Tensor];
      return softmaxBackward(shares, dy as tf.Tensor, false);
    },
  };
});
