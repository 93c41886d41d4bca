/**
 * @file A kernel that tfjs's WASM backend lacks: the sum of rows by segment, which gradients of
 * `gather` need.
 */
import * as tf from './tf';
import { wasmBackend } from './wasmBackend';

/** out[s] = Σ of the rows of x whose segment is s; ids outside [0, numSegments) are left out. */
export function registerUnsortedSegmentSum(): void {
  tf.registerKernel({
    kernelName: tf.UnsortedSegmentSum,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { x, segmentIds } = inputs as Record<'x' | 'segmentIds', tf.TensorInfo>;
      const { numSegments } = attrs as unknown as tf.UnsortedSegmentSumAttrs;
      const wasm = wasmBackend(backend);
      const rowShape = x.shape.slice(segmentIds.shape.length);
      const sums = wasm.makeOutput([numSegments, ...rowShape], x.dtype);
      const from = wasm.typedArrayFromHeap(x);
      const to = wasm.typedArrayFromHeap(sums).fill(0);
      const width = tf.util.sizeFromShape(rowShape);
      wasm.typedArrayFromHeap(segmentIds).forEach((segment, row) => {
        if (segment < 0 || segment >= numSegments) return;
        for (let i = 0; i < width; i++) {
          const at = segment * width + i;
          to[at] = (to[at] ?? 0) + (from[row * width + i] ?? 0);
        }
      });
      return sums;
    },
  });
}
