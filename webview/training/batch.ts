/** @file The way of a batch onto the device. */
import { ids } from '../ops/values';
import type { Tensor } from '../ops/tensor';
import type { Batch } from '../tasks/batches';

/** The batch as tensors; made inside the caller's tidy. */
export function batchTensors(batch: Batch): { inputs: Tensor; targets: Tensor } {
  const shape = [batch.batchSize, batch.context];
  return { inputs: ids(batch.inputs, shape), targets: ids(batch.targets, shape) };
}
