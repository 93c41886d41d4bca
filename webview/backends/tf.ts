/**
 * @file The one door to tfjs: `import * as tf from '…/backends/tf'`. Core and its gradients instead
 * of the whole `@tensorflow/tfjs`, whose layers, converter and WebGL add 400 kB that nothing here
 * calls; chained tensor methods are left out as well. Registers the plain CPU backend; WASM and
 * WebGPU register when they are opened.
 */
import '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-backend-cpu';

export * from '@tensorflow/tfjs-core';
