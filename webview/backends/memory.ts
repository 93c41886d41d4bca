/** @file How much the current backend holds. */
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';

import * as tf from './tf';

export interface MemoryInUse {
  readonly tensors: number;
  /** Bytes of all tensors. */
  readonly bytes: number;
  /** Bytes that the backend took from the GPU, reserves included; absent elsewhere. */
  readonly gpuBytes?: number;
}

export function memoryInUse(): MemoryInUse {
  const { numTensors, numBytes } = tf.memory();
  const backend: unknown = tf.backend();
  return {
    tensors: numTensors,
    bytes: numBytes,
    ...(backend instanceof WebGPUBackend && {
      gpuBytes: backend.bufferManager.numBytesAllocated,
    }),
  };
}
