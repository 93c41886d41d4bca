/**
 * @file Looking up rows of a table on WASM, as an embedding does. tfjs computes the place of every
 * number by itself; here whole rows are copied, many times faster.
 */
import * as tf from '../../../backends/tf';
import { wasmBackend } from '../../../backends/wasmBackend';

/** Puts the copy of rows in the place of tfjs's `gather` along the first axis; call once. */
export function registerGatherRows(): void {
  const { kernelFunc, setupFunc, disposeFunc } = tf.getKernel(tf.GatherV2, 'wasm');
  tf.unregisterKernel(tf.GatherV2, 'wasm');
  tf.registerKernel({
    kernelName: tf.GatherV2,
    backendName: 'wasm',
    ...(setupFunc && { setupFunc }),
    ...(disposeFunc && { disposeFunc }),
    kernelFunc: (call) => {
      const { x, indices } = call.inputs as Record<'x' | 'indices', tf.TensorInfo>;
      const { axis, batchDims } = call.attrs as unknown as tf.GatherV2Attrs;
      const plain = axis === 0 && batchDims === 0 && x.shape.length > 0;
      if (!plain || x.dtype !== 'float32' || indices.dtype !== 'int32') return kernelFunc(call);
      return gatherRows(call.backend, x, indices);
    },
  });
}

/** rows[n, …] = table[ids[n], …]. */
function gatherRows(backend: unknown, table: tf.TensorInfo, ids: tf.TensorInfo): tf.TensorInfo {
  const wasm = wasmBackend(backend);
  const [count = 0, ...rowShape] = table.shape;
  const width = tf.util.sizeFromShape(rowShape);
  const rows = wasm.makeOutput([...ids.shape, ...rowShape], 'float32');
  const from = wasm.typedArrayFromHeap(table);
  const to = wasm.typedArrayFromHeap(rows);
  wasm.typedArrayFromHeap(ids).forEach((id, n) => {
    if (id < 0 || id >= count) {
      throw new RangeError(
        `Id ${id} is not in a table of ${count} rows: use ids 0 to ${count - 1}.`,
      );
    }
    to.set(from.subarray(id * width, (id + 1) * width), n * width);
  });
  return rows;
}
