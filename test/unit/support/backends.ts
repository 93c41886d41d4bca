/**
 * @file The backends on which tests of kernels and ops run: `describe.each(backends)('… on %s',
 * …)`.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import type { Backend } from '../../../webview/config/backend';
import { openCpu } from '../../../webview/backends/cpu';
import { openWasm } from '../../../webview/backends/wasm';
import * as tf from '../../../webview/backends/tf';
import { registerKernels } from '../../../webview/ops/kernels/register';
import { dawnDevice } from './dawn';

export const testedBackends = ['cpu', 'wasm', 'webgpu'] as const satisfies readonly Backend[];

/**
 * Those that answer at once: a software device takes seconds to compile the kernels of a whole
 * model.
 */
export const hostBackends = ['cpu', 'wasm'] as const satisfies readonly Backend[];

const require = createRequire(import.meta.url);

/** Reads tfjs's WASM binaries from the installed package. */
export async function wasmAssets(name: string): Promise<ArrayBuffer> {
  const bytes = await readFile(require.resolve(`@tensorflow/tfjs-backend-wasm/dist/${name}`));
  return new Uint8Array(bytes).buffer;
}

/** Makes `backend` current, with this project's kernels; opens it on first use. */
export async function useBackend(backend: Backend): Promise<void> {
  // Emscripten's loader reads it in Node before it is handed the binary.
  Object.assign(globalThis, { __dirname: import.meta.dirname });
  // tfjs advertises its native backend for Node otherwise.
  tf.env().set('IS_TEST', true);
  registerKernels();
  if (tf.getBackend() === backend) return;
  const open = tf.engine().registry[backend] !== undefined;
  switch (backend) {
    case 'cpu':
      await openCpu();
      break;
    case 'wasm':
      await (open ? tf.setBackend('wasm') : openWasm(wasmAssets));
      break;
    case 'webgpu':
      await dawnDevice();
      await tf.setBackend('webgpu');
      break;
    default:
      backend satisfies never;
  }
}
