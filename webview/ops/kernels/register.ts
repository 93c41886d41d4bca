/** @file Makes tfjs know this project's kernels on each backend. */
import { registerHostAdamW } from './host/adamW';
import { registerHostColumnSum } from './host/columnSum';
import { registerHostCrossEntropy } from './host/crossEntropy';
import { registerHostDropout } from './host/dropout';
import { registerHostEmbedding } from './host/embedding';
import { registerHostGelu } from './host/gelu';
import { registerHostLayerNorm } from './host/layerNorm';
import { registerHostSoftmax } from './host/softmax';
import { registerHostSquaredSum } from './host/squaredSum';

let registered = false;

/** Registers every kernel for every backend. May be called again: only the first call does anything. */
export function registerKernels(): void {
  if (registered) return;
  registered = true;
  registerHostGelu();
  registerHostLayerNorm();
  registerHostSoftmax();
  registerHostCrossEntropy();
  registerHostColumnSum();
  registerHostEmbedding();
  registerHostDropout();
  registerHostSquaredSum();
  registerHostAdamW();
}
