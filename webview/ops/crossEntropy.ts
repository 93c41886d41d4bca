/** @file The surprise at the right answer, straight from logits: stable, and never a probability of 0. */
import * as tf from '../backends/tf';
import { defineOp } from './defineOp';
import { crossEntropyBackward, crossEntropyForward } from './kernels/calls';
import { axisOf, sizeOf, type Tensor } from './tensor';

const crossEntropyOp = defineOp<[Tensor, Tensor]>({
  name: 'crossEntropy',
  shape: ([logits]) => logits.shape.slice(0, -1),
  flops: ([logits]) => 5 * sizeOf(logits.shape),
  run: ([logits, targets]) => {
    const rows = tf.reshape(logits, [-1, axisOf(logits.shape, -1)]);
    const ids = tf.reshape(targets, [sizeOf(targets.shape)]);
    return tf.reshape(kernel(ids)(rows), targets.shape);
  },
});

/**
 * −ln softmax(logits)[target] for every place, in nats: [… vocab], [… ] → [… ]. Written
 * ln Σ eˡ − l[target], so that neither eˡ overflows nor a probability rounds to 0. A negative target
 * marks a place that does not count: its loss and gradient are 0.
 */
export function crossEntropy(logits: Tensor, targets: Tensor): Tensor {
  return crossEntropyOp([logits, targets], undefined);
}

function kernel(targets: tf.Tensor) {
  return tf.customGrad((x, save) => {
    const logits = x as tf.Tensor;
    (save as tf.GradSaveFunc)([logits]);
    return {
      value: crossEntropyForward(logits, targets),
      gradFunc: (dy, saved) => {
        const [original] = saved as [tf.Tensor];
        return crossEntropyBackward(original, targets, dy as tf.Tensor);
      },
    };
  });
}
