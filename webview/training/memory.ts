/** @file How much memory a run will take, from its dry pass: known before anything is allocated. */
import { bytesPerParameter } from '../config/memory';
import type { ModelShape } from '../config/model';
import type { Model } from '../model/model';
import { sizeOf } from '../ops/tensor';
import { dryPass } from './dryPass';

/** An estimate in bytes, but for `parameters`, which is a count. */
export interface RunMemory {
  readonly parameters: number;
  /** Weights and all that has their shapes: gradients, running means, packed copies. */
  readonly weights: number;
  /** What the passes forward and backward hold at their peak. */
  readonly activations: number;
  readonly total: number;
  /** The largest single tensor, which must fit into one buffer of a GPU. */
  readonly largestTensor: number;
}

/**
 * The pass forward holds every value until its end, and most gradients on the way back have the
 * size of their value: measured on WASM, the peak is 1.6 to 2 times the values of the dry pass.
 */
const passes = 2;

/** Memory of training `model` on batches of so many windows. */
export function estimateMemory(model: Model, shape: ModelShape, batchSize: number): RunMemory {
  const pass = dryPass(model, shape, batchSize);
  const parameters = pass.parameters.reduce((sum, spec) => sum + sizeOf(spec.shape), 0);
  let values = 0;
  let largestTensor = 0;
  for (const { op, bytes } of pass.graph.nodes) {
    if (op !== 'parameter') values += bytes;
    largestTensor = Math.max(largestTensor, bytes);
  }
  const weights = bytesPerParameter * parameters;
  const activations = passes * values;
  return { parameters, weights, activations, total: weights + activations, largestTensor };
}
