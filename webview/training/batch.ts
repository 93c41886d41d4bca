/** @file What a step learns from, and its way onto the device. */
import { ids } from '../ops/values';
import type { Tensor } from '../ops/tensor';

/** Token ids and the ids that really came next, [batch × position] in row-major order. */
export interface Batch {
  readonly inputs: Int32Array;
  /** A negative target does not count. */
  readonly targets: Int32Array;
  readonly batchSize: number;
  readonly context: number;
}

/** The batch as tensors; made inside the caller's tidy. */
export function batchTensors(batch: Batch): { inputs: Tensor; targets: Tensor } {
  const shape = [batch.batchSize, batch.context];
  return { inputs: ids(batch.inputs, shape), targets: ids(batch.targets, shape) };
}
