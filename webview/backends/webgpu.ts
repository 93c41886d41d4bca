/** @file Finds a graphics adapter that can train, or the cause why there is none. */
import { formatCount } from '../config/counts';
import { failureOf } from '../config/errors';
import type { Cause } from './causes';

/** An adapter, or the cause that rules WebGPU out. */
export type FoundAdapter =
  { readonly adapter: GPUAdapter } | { readonly cause: Cause; readonly detail?: string };

/** What the kernels need beyond any doubt; WebGPU promises more of each. */
const requiredLimits = {
  maxStorageBuffersPerShaderStage: 6,
  maxComputeInvocationsPerWorkgroup: 256,
  maxComputeWorkgroupSizeX: 256,
  maxComputeWorkgroupsPerDimension: 65_535,
} as const;

export async function findAdapter(
  { gpu, linux }: { gpu: Pick<GPU, 'requestAdapter'> | undefined; linux: boolean },
  largestTensor: number,
): Promise<FoundAdapter> {
  if (!gpu) return { cause: 'no-webgpu' };
  const noAdapter = linux ? 'no-adapter-linux' : 'no-adapter';
  let adapter: GPUAdapter | null;
  try {
    adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  } catch (error) {
    return { cause: noAdapter, detail: failureOf(error).message };
  }
  if (!adapter) return { cause: noAdapter };
  const missing = missingLimit(adapter.limits, largestTensor);
  return missing === undefined ? { adapter } : { cause: 'limit-missing', detail: missing };
}

function missingLimit(limits: GPUSupportedLimits, largestTensor: number): string | undefined {
  const needed = {
    ...requiredLimits,
    maxBufferSize: largestTensor,
    maxStorageBufferBindingSize: largestTensor,
  };
  for (const [name, least] of Object.entries(needed)) {
    const limit = limits[name as keyof typeof needed];
    if (limit < least)
      return `${name} is ${formatCount(limit)}, and ${formatCount(least)} is needed`;
  }
  return undefined;
}
