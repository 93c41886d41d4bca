/**
 * @file Matrix products on WASM. tfjs hands only unbatched, untransposed products to XNNPACK; all
 * others take a generic loop 10 to 30 times slower. Here every product reaches XNNPACK: transposed
 * matrices are written out first, and batches are multiplied one matrix at a time over views of the
 * same memory.
 */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';

import * as tf from './tf';
import { wasmBackend } from './wasmBackend';
import { viewIds, wasmBinary, type WasmBinary } from './wasmBinary';
import { transposed } from './wasmTranspose';

/**
 * Puts this product in the place of tfjs's on the WASM backend; call before the backend is opened.
 */
export function registerWasmMatMul(): void {
  tf.unregisterKernel(tf.BatchMatMul, 'wasm');
  tf.registerKernel({
    kernelName: tf.BatchMatMul,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { a, b } = inputs as Record<'a' | 'b', tf.TensorInfo>;
      const { transposeA, transposeB } = attrs as unknown as tf.BatchMatMulAttrs;
      const wasm = wasmBackend(backend);
      const left = transposeA ? transposed(wasm, a) : a;
      const right = transposeB ? transposed(wasm, b) : b;
      const result = batchMatMul(wasm, left, right);
      if (left !== a) wasm.disposeData(left.dataId);
      if (right !== b) wasm.disposeData(right.dataId);
      return result;
    },
  });
}

interface Sizes {
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
}

/** [… rows, inner] times [… inner, columns]; a batch of one matrix serves all of the other. */
function batchMatMul(backend: BackendWasm, a: tf.TensorInfo, b: tf.TensorInfo): tf.TensorInfo {
  const [rows = 1, inner = 1] = a.shape.slice(-2);
  const [innerOfB = 1, columns = 1] = b.shape.slice(-2);
  const batchA = a.shape.slice(0, -2);
  const batchB = b.shape.slice(0, -2);
  const countA = tf.util.sizeFromShape(batchA);
  const countB = tf.util.sizeFromShape(batchB);
  if (inner !== innerOfB || (countA !== countB && countA !== 1 && countB !== 1)) {
    throw new Error(
      `matMul cannot multiply [${a.shape.join(', ')}] by [${b.shape.join(', ')}]: ` +
        'the inner sizes must agree, and the batches too unless one of them is 1.',
    );
  }
  const batch = countA >= countB ? batchA : batchB;
  const result = backend.makeOutput([...batch, rows, columns], 'float32');
  const binary = wasmBinary(backend);
  const sizes = { rows, inner, columns };
  if (countA === 1 && countB === 1) {
    multiplyMatrices(binary, sizes, binary.id(a), binary.id(b), binary.id(result));
  } else {
    multiplyViews(binary, sizes, { a, b, result, countA, countB });
  }
  return result;
}

function multiplyMatrices(
  binary: WasmBinary,
  { rows, inner, columns }: Sizes,
  a: number,
  b: number,
  result: number,
): void {
  const shapeA = binary.shape(0, [1, rows, inner]);
  const shapeB = binary.shape(1, [1, inner, columns]);
  binary.call('BatchMatMul', a, shapeA, 3, b, shapeB, 3, 0, 0, result);
}

/** One product for each matrix of the batch, over views that own no memory. */
function multiplyViews(
  binary: WasmBinary,
  sizes: Sizes,
  batch: {
    a: tf.TensorInfo;
    b: tf.TensorInfo;
    result: tf.TensorInfo;
    countA: number;
    countB: number;
  },
): void {
  const { rows, inner, columns } = sizes;
  const view = (id: number, tensor: tf.TensorInfo, size: number, index: number) => {
    binary.view(id, tensor, size * index, size);
  };
  for (let i = 0; i < Math.max(batch.countA, batch.countB); i++) {
    view(viewIds.a, batch.a, rows * inner, i % batch.countA);
    view(viewIds.b, batch.b, inner * columns, i % batch.countB);
    view(viewIds.result, batch.result, rows * columns, i);
    multiplyMatrices(binary, sizes, viewIds.a, viewIds.b, viewIds.result);
    // Forgetting b's view also drops the copy of it that XNNPACK packed.
    for (const id of Object.values(viewIds)) binary.forget(id);
  }
}
