/**
 * @file XNNPACK's element-by-element functions over tensors on the heap. They take four numbers an
 * instruction, where JavaScript takes one and widens it to a double: many passes of theirs are
 * faster than one of a loop's.
 */
import * as tf from '../../../backends/tf';
import { wasmBackend } from '../../../backends/wasmBackend';
import { wasmBinary, type WasmBinary } from '../../../backends/wasmBinary';

/** A tensor's numbers, or a row or a column of them that is repeated for all. */
interface Operand {
  readonly id: number;
  readonly shape: readonly number[];
}

/**
 * Every function writes into `result`, which may be one of its arguments unless that is repeated.
 */
export interface Vectors {
  /** A new float32 tensor; its values are not cleared. */
  allocate(shape: readonly number[]): tf.TensorInfo;
  /** Gives a tensor's memory back. */
  release(...tensors: readonly tf.TensorInfo[]): void;
  /** result = a · b */
  multiply(a: tf.TensorInfo, b: tf.TensorInfo | number, result: tf.TensorInfo): void;
  /** result = a + b */
  add(a: tf.TensorInfo, b: tf.TensorInfo | number, result: tf.TensorInfo): void;
  /** result = a − b */
  subtract(a: tf.TensorInfo, b: tf.TensorInfo, result: tf.TensorInfo): void;
  /** Each number moved into [low, high]. */
  clip(x: tf.TensorInfo, low: number, high: number, result: tf.TensorInfo): void;
  /** result = 1/(1 + exp(−x)) */
  sigmoid(x: tf.TensorInfo, result: tf.TensorInfo): void;
  /** A new tensor [… 1]: the sum of each row of x [… n]. */
  sumRows(x: tf.TensorInfo): tf.TensorInfo;
}

/** float32 as the binary numbers it. */
const float32 = 0;

function vectorsOf(backend: unknown): Vectors {
  const wasm = wasmBackend(backend);
  const binary = wasmBinary(wasm);
  const release = (...tensors: readonly tf.TensorInfo[]): void => {
    for (const { dataId } of tensors) wasm.disposeData(dataId);
  };
  const combine =
    (name: string) =>
    (a: tf.TensorInfo, b: tf.TensorInfo | number, result: tf.TensorInfo): void => {
      const other = typeof b === 'number' ? scalar(b) : b;
      binaryFunction(binary, name, operand(a), operand(other), binary.id(result));
      if (other !== b) release(other);
    };
  const operand = (tensor: tf.TensorInfo): Operand => ({
    id: binary.id(tensor),
    shape: tensor.shape,
  });
  const scalar = (value: number): tf.TensorInfo => {
    const made = wasm.makeOutput([], 'float32');
    wasm.typedArrayFromHeap(made)[0] = value;
    return made;
  };
  return {
    allocate: (shape) => wasm.makeOutput([...shape], 'float32'),
    release,
    multiply: combine(tf.Multiply),
    add: combine(tf.Add),
    subtract: combine(tf.Sub),
    clip: (x, low, high, result) => {
      binary.call(tf.ClipByValue, binary.id(x), low, high, binary.id(result));
    },
    sigmoid: (x, result) => {
      binary.call(tf.Sigmoid, binary.id(x), binary.id(result));
    },
    sumRows: (x) => {
      const sums = wasm.makeOutput([...x.shape.slice(0, -1), 1], 'float32');
      binary.call(tf.Sum, binary.id(x), x.shape.at(-1) ?? 1, float32, binary.id(sums));
      return sums;
    },
  };
}

function binaryFunction(
  binary: WasmBinary,
  name: string,
  a: Operand,
  b: Operand,
  result: number,
): void {
  const shapeA = binary.shape(0, a.shape);
  const shapeB = binary.shape(1, b.shape);
  binary.call(name, a.id, shapeA, a.shape.length, b.id, shapeB, b.shape.length, float32, result);
}

/** A kernel for WASM alone. */
export type VectorKernel<Input extends string> = (
  inputs: Readonly<Record<Input, tf.TensorInfo>>,
  vectors: Vectors,
) => tf.TensorInfo;

/** Puts a kernel in the place of the one that plain CPU and WASM share. */
export function registerVectorKernel<Input extends string>(
  kernelName: string,
  kernel: VectorKernel<Input>,
): void {
  tf.unregisterKernel(kernelName, 'wasm');
  tf.registerKernel({
    kernelName,
    backendName: 'wasm',
    kernelFunc: ({ inputs, backend }) =>
      kernel(inputs as Record<Input, tf.TensorInfo>, vectorsOf(backend)),
  });
}
