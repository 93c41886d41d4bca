/**
 * @file Matrix products on WASM. tfjs hands only unbatched, untransposed products to XNNPACK; all others take a generic
 * loop 10 to 30 times slower. Here every product reaches XNNPACK: transposed matrices are written out first, and
 * batches are multiplied one matrix at a time over views of the same memory.
 */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';

import * as tf from './tf';
import { wasmBackend } from './wasmBackend';
import { transposed } from './wasmTranspose';

/** The binary's own product: ids and shapes of rank 3, transpositions, id of the result. */
type MatMulFunction = (
  a: number,
  aShape: Uint8Array,
  aRank: number,
  b: number,
  bShape: Uint8Array,
  bRank: number,
  transposeA: boolean,
  transposeB: boolean,
  result: number,
) => void;

/** Ids under which the binary knows the views; far above what the backend counts up to. */
const viewIds = { a: 2 ** 30, b: 2 ** 30 + 1, result: 2 ** 30 + 2 };

interface Sizes {
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
}

/** Puts this product in the place of tfjs's on the WASM backend; call before the backend is opened. */
export function registerWasmMatMul(): void {
  let multiply: MatMulFunction | undefined;
  tf.unregisterKernel(tf.BatchMatMul, 'wasm');
  tf.registerKernel({
    kernelName: tf.BatchMatMul,
    backendName: 'wasm',
    setupFunc: (backend) => {
      multiply = wrapMatMul(wasmBackend(backend));
    },
    kernelFunc: ({ inputs, attrs, backend }) => {
      if (!multiply) throw new Error('The WASM backend multiplies before it was set up.');
      const { a, b } = inputs as Record<'a' | 'b', tf.TensorInfo>;
      const { transposeA, transposeB } = attrs as unknown as tf.BatchMatMulAttrs;
      const wasm = wasmBackend(backend);
      const left = transposeA ? transposed(wasm, a) : a;
      const right = transposeB ? transposed(wasm, b) : b;
      const result = batchMatMul(wasm, multiply, left, right);
      if (left !== a) wasm.disposeData(left.dataId);
      if (right !== b) wasm.disposeData(right.dataId);
      return result;
    },
  });
}

function wrapMatMul(backend: BackendWasm): MatMulFunction {
  const { wasm } = backend as unknown as {
    wasm: { cwrap(name: string, result: null, parameters: readonly string[]): MatMulFunction };
  };
  const matrix = ['number', 'array', 'number'];
  return wasm.cwrap(tf.BatchMatMul, null, [...matrix, ...matrix, 'number', 'number', 'number']);
}

/** [… rows, inner] times [… inner, columns]; a batch of one matrix serves all of the other. */
function batchMatMul(
  backend: BackendWasm,
  multiply: MatMulFunction,
  a: tf.TensorInfo,
  b: tf.TensorInfo,
): tf.TensorInfo {
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
  const sizes = { rows, inner, columns };
  if (countA === 1 && countB === 1) {
    const [idA, idB, idResult] = [a, b, result].map(
      ({ dataId }) => backend.dataIdMap.get(dataId).id,
    );
    multiplyMatrices(multiply, sizes, idA ?? 0, idB ?? 0, idResult ?? 0);
  } else {
    multiplyViews(backend, multiply, sizes, { a, b, result, countA, countB });
  }
  return result;
}

function multiplyMatrices(
  multiply: MatMulFunction,
  { rows, inner, columns }: Sizes,
  a: number,
  b: number,
  result: number,
): void {
  const shapeA = new Uint8Array(Int32Array.of(1, rows, inner).buffer);
  const shapeB = new Uint8Array(Int32Array.of(1, inner, columns).buffer);
  multiply(a, shapeA, 3, b, shapeB, 3, false, false, result);
}

/** One product for each matrix of the batch, over views that own no memory. */
function multiplyViews(
  backend: BackendWasm,
  multiply: MatMulFunction,
  sizes: Sizes,
  batch: {
    a: tf.TensorInfo;
    b: tf.TensorInfo;
    result: tf.TensorInfo;
    countA: number;
    countB: number;
  },
): void {
  const { tfjs } = backend.wasm;
  const { rows, inner, columns } = sizes;
  const [offsetA, offsetB, offsetResult] = [batch.a, batch.b, batch.result].map(
    ({ dataId }) => backend.dataIdMap.get(dataId).memoryOffset,
  ) as [number, number, number];
  const view = (id: number, offset: number, size: number, index: number) => {
    tfjs.registerTensor(id, size, offset + 4 * size * index);
  };
  for (let i = 0; i < Math.max(batch.countA, batch.countB); i++) {
    view(viewIds.a, offsetA, rows * inner, i % batch.countA);
    view(viewIds.b, offsetB, inner * columns, i % batch.countB);
    view(viewIds.result, offsetResult, rows * columns, i);
    multiplyMatrices(multiply, sizes, viewIds.a, viewIds.b, viewIds.result);
    // Disposing b's view also drops the copy of it that XNNPACK packed.
    for (const id of Object.values(viewIds)) tfjs.disposeData(id);
  }
}
