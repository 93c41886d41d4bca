/**
 * @file The surprise at the right answer, straight from logits: stable, and never a probability of
 * 0.
 */
import * as tf from '../backends/tf';
import { defineOp } from './defineOp';
import { crossEntropyBackward, crossEntropyForward } from './kernels/calls';
import { axisOf, sizeOf, type Tensor } from './tensor';
import { withGradient } from './withGradient';

const crossEntropyOp = defineOp<[Tensor, Tensor]>({
  name: 'crossEntropy',
  shape: ([logits]) => logits.shape.slice(0, -1),
  flops: ([logits]) => 5 * sizeOf(logits.shape),
  run: ([logits, targets]) => {
    const rows = tf.reshape(logits, [-1, axisOf(logits.shape, -1)]);
    const ids = tf.reshape(targets, [sizeOf(targets.shape)]);
    const losses = withGradient({
      inputs: [rows],
      constants: [ids],
      compute: () => crossEntropyForward(rows, ids),
      gradient: (dy, saved) => crossEntropyBackward(saved.inputs[0], saved.constants[0], dy),
    });
    return tf.reshape(losses, targets.shape);
  },
});

/**
 * −ln softmax(logits)[target] for every place, in nats: [… vocab], [… ] → [… ]. Written
 *   ln Σ eˡ − l[target]
 * so that neither eˡ overflows nor a probability rounds to 0. A negative target marks a place that
 * does not count: its loss and gradient are 0.
 */
export function crossEntropy(logits: Tensor, targets: Tensor): Tensor {
  return crossEntropyOp([logits, targets], undefined);
}
