/**
 * @file Sums over leading axes on WASM, as the gradient of every broadcast addition needs them.
 * tfjs transposes the whole tensor first, which takes five times as long as adding row after row.
 */
import * as tf from '../../../backends/tf';

/** Puts `ColumnSum` in the place of tfjs's `Sum` where the axes are the leading ones; call once. */
export function registerLeadingSum(): void {
  const { kernelFunc, setupFunc, disposeFunc } = tf.getKernel(tf.Sum, 'wasm');
  tf.unregisterKernel(tf.Sum, 'wasm');
  tf.registerKernel({
    kernelName: tf.Sum,
    backendName: 'wasm',
    ...(setupFunc && { setupFunc }),
    ...(disposeFunc && { disposeFunc }),
    kernelFunc: (call) => {
      const { x } = call.inputs as Record<'x', tf.TensorInfo>;
      const { axis, keepDims } = call.attrs as unknown as tf.SumAttrs;
      const axes = tf.util.parseAxisParam(axis, x.shape).sort((a, b) => a - b);
      const leading = axes.length > 0 && axes.every((each, i) => each === i);
      const kept = x.shape.slice(axes.length);
      if (!leading || kept.length === 0 || x.dtype !== 'float32') return kernelFunc(call);
      const count = tf.util.sizeFromShape(x.shape.slice(0, axes.length));
      const rows = { ...x, shape: [count, tf.util.sizeFromShape(kept)] };
      const columnSum = tf.getKernel('ColumnSum', 'wasm').kernelFunc;
      const sums = columnSum({ ...call, inputs: { x: rows } }) as tf.TensorInfo;
      return { ...sums, shape: keepDims ? [...axes.map(() => 1), ...kept] : kept };
    },
  });
}
