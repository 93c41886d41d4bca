/**
 * @file A WASM kernel that shares instead of copying: tfjs saves every tensor that a gradient needs
 * as an identity of it, and its own kernel copies the values each time.
 */
import * as tf from './tf';
import { wasmBackend } from './wasmBackend';

/** Identity by one more reference to the same memory, as the CPU backend does it. */
export function registerWasmIdentity(): void {
  tf.unregisterKernel(tf.Identity, 'wasm');
  tf.registerKernel({
    kernelName: tf.Identity,
    backendName: 'wasm',
    kernelFunc: ({ inputs, backend }) => {
      const { x } = inputs as Record<'x', tf.TensorInfo>;
      wasmBackend(backend).incRef(x.dataId);
      return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
    },
  });
}
