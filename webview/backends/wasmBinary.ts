/**
 * @file tfjs's WASM binary called directly: Emscripten's wrapper copies every shape onto its stack,
 * which costs as much as a small product. Must not know what the functions compute.
 */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';

import type { TensorInfo } from './tf';

/**
 * The part of Emscripten's module that is used here; every exported function has its name after an
 * underscore.
 */
type Exports = Readonly<Record<`_${string}`, ((...numbers: number[]) => number) | undefined>> & {
  readonly HEAPU8: Uint8Array;
};

/** Two shapes of up to eight axes each. */
const slotBytes = 32;

/** The functions of one backend's binary, over tensors and parts of them by their ids. */
export class WasmBinary {
  readonly #backend: BackendWasm;
  readonly #exports: Exports;
  readonly #shapes: number;

  constructor(backend: BackendWasm) {
    this.#backend = backend;
    this.#exports = backend.wasm as unknown as Exports;
    this.#shapes = this.call('malloc', 2 * slotBytes);
  }

  /** Calls a function; flags are 0 and 1. */
  call(name: string, ...numbers: number[]): number {
    const found = this.#exports[`_${name}`];
    if (!found) throw new Error(`tfjs’s WASM binary has no function “${name}”.`);
    return found(...numbers);
  }

  /**
   * Writes a shape where the binary can read it, and returns its address, good until the slot's
   * next shape.
   */
  shape(slot: 0 | 1, sizes: readonly number[]): number {
    const address = this.#shapes + slot * slotBytes;
    new Int32Array(this.#exports.HEAPU8.buffer, address, sizes.length).set(sizes);
    return address;
  }

  /** The id by which the binary knows a tensor. */
  id({ dataId }: TensorInfo): number {
    return this.#backend.dataIdMap.get(dataId).id;
  }

  /**
   * Makes `size` numbers of a tensor, from number `from` on, known by an id of their own until
   * `forget`.
   */
  view(id: number, { dataId }: TensorInfo, from: number, size: number): void {
    const { memoryOffset } = this.#backend.dataIdMap.get(dataId);
    this.call('register_tensor', id, size, memoryOffset + 4 * from);
  }

  /** Ends a view; drops the copy that XNNPACK packed of it as well. */
  forget(id: number): void {
    this.call('dispose_data', id);
  }
}

/** Ids of views: far above what the backend counts up to. */
export const viewIds = { a: 2 ** 30, b: 2 ** 30 + 1, result: 2 ** 30 + 2 } as const;

const binaries = new WeakMap<BackendWasm, WasmBinary>();

/** The binary of a backend that is set up. */
export function wasmBinary(backend: BackendWasm): WasmBinary {
  let binary = binaries.get(backend);
  if (!binary) {
    binary = new WasmBinary(backend);
    binaries.set(backend, binary);
  }
  return binary;
}
