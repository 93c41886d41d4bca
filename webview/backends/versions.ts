/** @file Versions of what computes; with the backend they decide the bits of a run. */
import { version_wasm } from '@tensorflow/tfjs-backend-wasm';

import * as tf from './tf';

/** Raised whenever a kernel of this project changes the bits of its results. */
const kernelsVersion = '1';

export const versions: Readonly<Record<string, string>> = {
  tfjs: tf.version_core,
  'tfjs-wasm': version_wasm,
  kernels: kernelsVersion,
};
