/** @file Waiting for a GPU, so that work does not pile up before it. */
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';

import * as tf from './tf';

/**
 * Resolves when what was submitted so far is computed; at once on a backend that computes when it
 * is called.
 */
export async function submittedWorkDone(): Promise<void> {
  const backend: unknown = tf.backend();
  if (backend instanceof WebGPUBackend) await backend.queue.onSubmittedWorkDone();
}
