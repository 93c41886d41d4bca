/**
 * @file What the kernels in JavaScript need of a backend: outputs, and arrays over its tensors. The
 * same arithmetic serves plain CPU and the WASM heap. Must not know any particular kernel.
 */
import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';

import * as tf from '../../../backends/tf';
import { sigmoid, softmax } from './exponentials';

/**
 * Tensors as arrays. Allocate every output before taking the first view: growth of the heap
 * detaches older views.
 */
export interface HostMemory {
  /** A new tensor; its values are not cleared. */
  allocate(shape: readonly number[]): tf.TensorInfo;
  /** The values of a float32 tensor, shared with it. */
  floats(tensor: tf.TensorInfo): Float32Array;
  /** The values of an int32 tensor, shared with it. */
  integers(tensor: tf.TensorInfo): Int32Array;
  /** A new tensor: σ(x) = 1/(1 + exp(−x)) of each element. */
  sigmoid(x: tf.TensorInfo): tf.TensorInfo;
  /** A new tensor: softmax of x over its last axis. */
  softmax(x: tf.TensorInfo): tf.TensorInfo;
  /** Gives a tensor's memory back. */
  release(tensor: tf.TensorInfo): void;
}

/** On the heap, exponentials are XNNPACK's: vector code, ten times faster than JavaScript's. */
function wasmMemory(backend: BackendWasm): HostMemory {
  const runKernel = (name: string, inputs: tf.NamedTensorInfoMap, attrs: tf.NamedAttrMap) =>
    tf.getKernel(name, 'wasm').kernelFunc({ inputs, attrs, backend }) as tf.TensorInfo;
  return {
    allocate: (shape) => backend.makeOutput([...shape], 'float32'),
    floats: (tensor) => backend.typedArrayFromHeap(tensor) as Float32Array,
    integers: (tensor) => backend.typedArrayFromHeap(tensor) as Int32Array,
    sigmoid: (x) => runKernel(tf.Sigmoid, { x }, {}),
    softmax: (x) => runKernel(tf.Softmax, { logits: x }, { dim: x.shape.length - 1 }),
    release: ({ dataId }) => {
      backend.disposeData(dataId);
    },
  };
}

function cpuMemory(backend: MathBackendCPU): HostMemory {
  const allocate = (shape: readonly number[]) => {
    const size = tf.util.sizeFromShape([...shape]);
    return backend.makeTensorInfo([...shape], 'float32', new Float32Array(size));
  };
  const floats = (tensor: tf.TensorInfo) => backend.data.get(tensor.dataId).values as Float32Array;
  const mapped =
    (fill: (x: Float32Array, y: Float32Array, columns: number) => void) => (x: tf.TensorInfo) => {
      const y = allocate(x.shape);
      fill(floats(x), floats(y), x.shape.at(-1) ?? 1);
      return y;
    };
  return {
    allocate,
    floats,
    integers: (tensor) => backend.data.get(tensor.dataId).values as Int32Array,
    sigmoid: mapped(sigmoid),
    softmax: mapped(softmax),
    release: ({ dataId }) => {
      backend.disposeData(dataId);
    },
  };
}

/** A kernel over named inputs and attributes. */
export type HostKernel<Input extends string, Attributes> = (
  inputs: Readonly<Record<Input, tf.TensorInfo>>,
  attributes: Attributes,
  memory: HostMemory,
) => tf.TensorInfo | tf.TensorInfo[];

const memories = {
  cpu: (backend: unknown) => cpuMemory(backend as MathBackendCPU),
  wasm: (backend: unknown) => wasmMemory(backend as BackendWasm),
};

/** Registers one kernel for plain CPU and for WASM. */
export function registerHostKernel<Input extends string, Attributes = object>(
  kernelName: string,
  kernel: HostKernel<Input, Attributes>,
): void {
  for (const [backendName, memoryOf] of Object.entries(memories)) {
    tf.registerKernel({
      kernelName,
      backendName,
      kernelFunc: ({ inputs, attrs, backend }) =>
        kernel(inputs as Record<Input, tf.TensorInfo>, attrs as Attributes, memoryOf(backend)),
    });
  }
}

/** Rows and columns of a tensor whose last axis is the column. */
export function rowsAndColumns(tensor: tf.TensorInfo): [rows: number, columns: number] {
  const columns = tensor.shape.at(-1) ?? 1;
  return [columns === 0 ? 0 : tf.util.sizeFromShape(tensor.shape) / columns, columns];
}
