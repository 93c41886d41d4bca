/** @file Softmax along the last axis. */
import { defineOp } from './defineOp';
import { softmaxBackward, softmaxForward } from './kernels/calls';
import { sizeOf, type Tensor } from './tensor';
import { withGradient } from './withGradient';

const softmaxOp = defineOp<[Tensor]>({
  name: 'softmax',
  shape: ([x]) => x.shape,
  flops: ([x]) => 5 * sizeOf(x.shape),
  run: ([x]) =>
    withGradient({
      inputs: [x],
      compute: () => softmaxForward(x),
      gradient: (dy, saved) => softmaxBackward(saved.value, dy),
    }),
});

/** eˣ / Σ eˣ along the last axis: positive numbers that sum to one. */
export function softmax(x: Tensor): Tensor {
  return softmaxOp([x], undefined);
}
