/**
 * @file Makes a backend current as tfjs ships it, but for the one kernel without which WASM cannot
 * train.
 */
import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';

import type { Backend } from '../../webview/config/backend';
import * as tf from '../../webview/backends/tf';
import { registerUnsortedSegmentSum } from '../../webview/backends/wasmSegmentSum';
import { dawnDevice } from '../unit/support/dawn';

const require = createRequire(import.meta.url);

export async function useStockBackend(backend: Backend): Promise<void> {
  if (backend === 'webgpu') await dawnDevice();
  if (backend === 'wasm') {
    // Emscripten's loader reads it in Node.
    Object.assign(globalThis, { __dirname: import.meta.dirname });
    const binary = require.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm');
    setWasmPaths(`${dirname(binary)}${sep}`);
    registerUnsortedSegmentSum();
  }
  await tf.setBackend(backend);
  if (tf.getBackend() !== backend) throw new Error(`tfjs fell back to ${tf.getBackend()}.`);
}
