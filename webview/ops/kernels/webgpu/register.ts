/** @file Registers a kernel for WebGPU. Must not know any particular kernel. */
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';

import * as tf from '../../../backends/tf';
import { gpuMemory, type GpuMemory } from './launcher';

/** A kernel over named inputs and attributes. */
export type GpuKernel<Input extends string, Attributes> = (
  inputs: Readonly<Record<Input, tf.TensorInfo>>,
  attributes: Attributes,
  memory: GpuMemory,
) => tf.TensorInfo | tf.TensorInfo[];

/** Registers one kernel for WebGPU. */
export function registerGpuKernel<Input extends string, Attributes = object>(
  kernelName: string,
  kernel: GpuKernel<Input, Attributes>,
): void {
  tf.registerKernel({
    kernelName,
    backendName: 'webgpu',
    kernelFunc: ({ inputs, attrs, backend }) =>
      kernel(inputs as Record<Input, tf.TensorInfo>, attrs as Attributes, gpuMemoryOf(backend)),
  });
}

/** The memory of the backend that tfjs handed to a kernel, checked to be WebGPU. */
export function gpuMemoryOf(backend: unknown): GpuMemory {
  if (backend instanceof WebGPUBackend) return gpuMemory(backend);
  throw new Error('A kernel for WebGPU was called on another backend.');
}
