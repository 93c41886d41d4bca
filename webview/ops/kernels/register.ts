/** @file Makes tfjs know this project's kernels on each backend. */
import { registerHostAdamW } from './host/adamW';
import { registerHostColumnSum } from './host/columnSum';
import { registerHostCrossEntropy } from './host/crossEntropy';
import { registerHostDropout } from './host/dropout';
import { registerHostEmbedding } from './host/embedding';
import { registerGatherRows } from './host/gatherRows';
import { registerHostGelu } from './host/gelu';
import { registerHostLayerNorm } from './host/layerNorm';
import { registerLeadingSum } from './host/leadingSum';
import { registerHostSoftmax } from './host/softmax';
import { registerHostSquaredSum } from './host/squaredSum';
import { registerWasmColumnSum } from './wasm/columnSum';
import { registerWasmGelu } from './wasm/gelu';
import { registerWasmSoftmax } from './wasm/softmax';
import { registerGpuAdamW } from './webgpu/adamW';
import { registerGpuColumnSum } from './webgpu/columnSum';
import { registerGpuCrossEntropy } from './webgpu/crossEntropy';
import { registerGpuDropout } from './webgpu/dropout';
import { registerGpuEmbedding } from './webgpu/embedding';
import { registerGpuGelu } from './webgpu/gelu';
import { registerGpuLayerNorm } from './webgpu/layerNorm';
import { registerGpuRepairs } from './webgpu/repairs';
import { registerGpuSoftmax } from './webgpu/softmax';
import { registerGpuSquaredSum } from './webgpu/squaredSum';

let registered = false;

/**
 * Registers every kernel for every backend. May be called again: only the first call does anything.
 */
export function registerKernels(): void {
  if (registered) return;
  registered = true;
  registerHostGelu();
  registerHostLayerNorm();
  registerHostSoftmax();
  registerHostCrossEntropy();
  registerHostColumnSum();
  registerLeadingSum();
  registerGatherRows();
  registerHostEmbedding();
  registerHostDropout();
  registerHostSquaredSum();
  registerHostAdamW();
  registerWasmColumnSum();
  registerWasmGelu();
  registerWasmSoftmax();
  registerGpuAdamW();
  registerGpuColumnSum();
  registerGpuCrossEntropy();
  registerGpuDropout();
  registerGpuEmbedding();
  registerGpuGelu();
  registerGpuLayerNorm();
  registerGpuSoftmax();
  registerGpuSquaredSum();
  registerGpuRepairs();
}
