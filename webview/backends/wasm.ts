/**
 * @file Opens tfjs's WASM backend from the bytes of its binary: no address, no fetch, and the
 * reason where it fails (tfjs's own start falls back to plain CPU without a word). Must not know
 * kernels.
 */
import { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import createWasmModule from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.js';

import { PlaygroundError } from '../config/errors';
import { refusedAllocation } from './outOfMemory';
import { registerWasmIdentity } from './wasmIdentity';
import { registerWasmMatMul } from './wasmMatMul';
import { registerUnsortedSegmentSum } from './wasmSegmentSum';
import { forgetBackend, makeCurrent } from './registry';
import * as tf from './tf';

/** Reads a file that ships with the extension, by its name. */
export type AssetReader = (name: string) => Promise<ArrayBuffer>;

/** The binaries this backend may ask for. */
export const wasmBinaries = {
  simd: 'tfjs-backend-wasm-simd.wasm',
  plain: 'tfjs-backend-wasm.wasm',
} as const;

/** What the WASM backend can do here. */
export interface WasmFeatures {
  /** Four numbers an instruction; without it training is several times slower. */
  readonly simd: boolean;
}

/** The part of Emscripten's module that is used here. */
interface EmscriptenModule {
  cwrap(name: string, result: string | null, parameters: readonly string[]): unknown;
  /** Address of so many bytes, signed; 0 where they are refused. */
  _malloc: (bytes: number) => number;
  _free: (address: number) => void;
}

/** Whether this environment runs WASM with 128-bit SIMD. */
export async function detectSimd(): Promise<boolean> {
  return (await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')) === true;
}

let prepared = false;

/**
 * Makes WASM the current backend, mended for training.
 *
 * @throws PlaygroundError `wasm-blocked` where the page's content security policy or the browser
 * refuses WASM.
 */
export async function openWasm(
  assets: AssetReader,
  simdDetected: () => Promise<boolean> = detectSimd,
): Promise<WasmFeatures> {
  const simd = await simdDetected();
  const bytes = await assets(simd ? wasmBinaries.simd : wasmBinaries.plain);
  const module = await instantiate(bytes);
  if (!prepared) {
    registerUnsortedSegmentSum();
    registerWasmIdentity();
    registerWasmMatMul();
    prepared = true;
  }
  forgetBackend('wasm');
  checkAllocations(module as unknown as EmscriptenModule);
  tf.registerBackend('wasm', () => new BackendWasm(module), 2);
  await makeCurrent('wasm');
  return { simd };
}

type WasmModule = ConstructorParameters<typeof BackendWasm>[0];

async function instantiate(bytes: ArrayBuffer): Promise<WasmModule> {
  let refused: unknown;
  const module = await new Promise<WasmModule>((resolve, reject) => {
    const instantiateWasm = (
      imports: WebAssembly.Imports,
      ready: (instance: WebAssembly.Instance) => void,
    ) => {
      WebAssembly.instantiate(bytes, imports).then(
        ({ instance }) => {
          ready(instance);
        },
        (error: unknown) => {
          refused = error;
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      );
      return {};
    };
    // The loader asks for the binary's address before it is given the instance; nothing is read
    // from it.
    createWasmModule({ instantiateWasm, locateFile: (path) => path }).then(resolve, reject);
  }).catch((error: unknown) => {
    const cause = refused ?? error;
    throw new PlaygroundError(
      {
        code: 'wasm-blocked',
        message: `WebAssembly could not start: ${cause instanceof Error ? cause.message : String(cause)}`,
        remedy: 'Allow WebAssembly in this browser, or choose another backend.',
      },
      { cause },
    );
  });
  return Object.assign(module, { tfjs: tfjsFunctions(module as unknown as EmscriptenModule) });
}

/**
 * What tfjs allocates tensors with: it takes address 0, a refusal, for an address like any other.
 */
function checkAllocations(module: EmscriptenModule): void {
  // Emscripten's functions replace themselves when they are first called.
  module._free(module._malloc(1));
  const allocate = module._malloc;
  module._malloc = (bytes) => {
    const address = allocate(bytes);
    if (address === 0 && bytes > 0) throw refusedAllocation(bytes);
    return address;
  };
}

/** The functions of the binary that tfjs's backend calls, by the names it calls them. */
function tfjsFunctions(module: EmscriptenModule): WasmModule['tfjs'] {
  const wrap = (name: string, result: string | null, ...parameters: string[]) =>
    module.cwrap(name, result, parameters);
  return {
    init: wrap('init', null),
    initWithThreadsCount: wrap('init_with_threads_count', null, 'number'),
    getThreadsCount: wrap('get_threads_count', 'number'),
    registerTensor: wrap('register_tensor', null, 'number', 'number', 'number'),
    disposeData: wrap('dispose_data', null, 'number'),
    dispose: wrap('dispose', null),
  } as WasmModule['tfjs'];
}
