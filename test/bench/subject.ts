/** @file What the bench needs of an implementation, ours or the one it is compared with. */
import type { Tensor } from '../../webview/ops/tensor';
import type { Batch } from '../../webview/tasks/batches';

/** A model in training. */
export interface Subject {
  /** Issues one step and returns its loss, a scalar that the caller disposes of. */
  learn(batch: Batch): Tensor;
  dispose(): void;
}
