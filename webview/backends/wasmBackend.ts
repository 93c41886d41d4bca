/** @file tfjs's WASM backend as its kernels receive it: without a type. */
import { BackendWasm } from '@tensorflow/tfjs-backend-wasm';

/** The backend that tfjs handed to a kernel, checked to be WASM. */
export function wasmBackend(backend: unknown): BackendWasm {
  if (backend instanceof BackendWasm) return backend;
  throw new Error('A kernel for WASM was called on another backend.');
}
