/** @file GELU, the MLP's activation function, with one kernel a backend. */
import { defineOp } from './defineOp';
import { geluBackward, geluForward } from './kernels/calls';
import { sizeOf, type Tensor } from './tensor';
import { withGradient } from './withGradient';

const geluOp = defineOp<[Tensor]>({
  name: 'gelu',
  shape: ([x]) => x.shape,
  flops: ([x]) => 9 * sizeOf(x.shape),
  run: ([x]) =>
    withGradient({
      inputs: [x],
      compute: () => geluForward(x),
      gradient: (dy, saved) => geluBackward(saved.inputs[0], dy),
    }),
});

/**
 * Gaussian error linear unit in the tanh form that GPT-2 uses (Hendrycks and Gimpel, 2016):
 * ½·x·(1 + tanh(√(2/π)·(x + 0.044715·x³))). Large x pass, negative ones fade to zero.
 */
export function gelu(x: Tensor): Tensor {
  return geluOp([x], undefined);
}
