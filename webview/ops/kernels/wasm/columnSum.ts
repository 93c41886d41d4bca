/**
 * @file The sum of a matrix over its rows on WASM: half of the rows is added to the other half
 * until one is left.
 */
import * as tf from '../../../backends/tf';
import { wasmBackend } from '../../../backends/wasmBackend';
import { viewIds, wasmBinary, type WasmBinary } from '../../../backends/wasmBinary';

/** Rows of a matrix that lie together. */
interface Rows {
  readonly matrix: tf.TensorInfo;
  readonly from: number;
}

/**
 * sums[d] = Σ_n x[n, d], in pairs of pairs, whose error grows with the logarithm of the number of
 * rows.
 */
function columnSum(backend: unknown, x: tf.TensorInfo): tf.TensorInfo {
  const wasm = wasmBackend(backend);
  const columns = x.shape.at(-1) ?? 1;
  const rows = tf.util.sizeFromShape(x.shape) / Math.max(1, columns);
  const sums = wasm.makeOutput([columns], 'float32');
  if (rows < 2) {
    const values = wasm.typedArrayFromHeap(x);
    if (rows === 0) wasm.typedArrayFromHeap(sums).fill(0);
    else wasm.typedArrayFromHeap(sums).set(values);
    return sums;
  }
  const binary = wasmBinary(wasm);
  const addRows = (a: Rows, b: Rows, result: tf.TensorInfo, count: number): void => {
    addViews(binary, [a, b, { matrix: result, from: 0 }], count * columns, columns);
  };
  let matrix = x;
  const half = wasm.makeOutput([rows >> 1, columns], 'float32');
  for (let left = rows; left > 1; left >>= 1) {
    const count = left >> 1;
    const result = count === 1 ? sums : half;
    addRows({ matrix, from: 0 }, { matrix, from: count }, result, count);
    if (left % 2 === 1) addRows({ matrix: result, from: 0 }, { matrix, from: left - 1 }, result, 1);
    matrix = result;
  }
  wasm.disposeData(half.dataId);
  return sums;
}

function addViews(
  binary: WasmBinary,
  [a, b, result]: readonly [Rows, Rows, Rows],
  size: number,
  columns: number,
): void {
  const view = (id: number, { matrix, from }: Rows): void => {
    binary.view(id, matrix, from * columns, size);
  };
  view(viewIds.a, a);
  view(viewIds.b, b);
  view(viewIds.result, result);
  const shapeA = binary.shape(0, [size]);
  const shapeB = binary.shape(1, [size]);
  // 0 is float32 as the binary numbers it.
  binary.call(tf.Add, viewIds.a, shapeA, 1, viewIds.b, shapeB, 1, 0, viewIds.result);
  for (const id of Object.values(viewIds)) binary.forget(id);
}

export function registerWasmColumnSum(): void {
  tf.unregisterKernel('ColumnSum', 'wasm');
  tf.registerKernel({
    kernelName: 'ColumnSum',
    backendName: 'wasm',
    kernelFunc: ({ inputs, backend }) =>
      columnSum(backend, (inputs as Record<'x', tf.TensorInfo>).x),
  });
}
