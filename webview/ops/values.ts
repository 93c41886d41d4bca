/**
 * @file The border between tensors and numbers. The model never crosses it; probes, training and
 * tests do.
 */
import * as tf from '../backends/tf';
import { realTensor } from './defineOp';
import type { Shape, Tensor } from './tensor';

/** A tensor of float32 numbers in row-major order. */
export function tensor(values: Float32Array | readonly number[], shape: Shape): Tensor {
  return tf.tensor(values instanceof Float32Array ? values : [...values], [...shape], 'float32');
}

/** A tensor of int32 ids. */
export function ids(values: Int32Array | readonly number[], shape: Shape): Tensor {
  return tf.tensor(values instanceof Int32Array ? values : [...values], [...shape], 'int32');
}

/** A tensor that training updates. It lives until it is disposed of. */
export function variable(values: Float32Array, shape: Shape): Tensor {
  const initial = tf.tensor(values, [...shape], 'float32');
  const made = tf.variable(initial);
  initial.dispose();
  return made;
}

/** A tensor of its own memory with the same values; the caller disposes of it. */
export function copy(x: Tensor): Tensor {
  return tf.tidy(() => tf.keep(tf.add(realTensor(x), 0)));
}

/** The values of a tensor, in row-major order, once the device has computed them. */
export async function read(x: Tensor): Promise<Float32Array> {
  const values = await realTensor(x).data();
  return values instanceof Float32Array ? values : Float32Array.from(values);
}

/** Runs `compute` and disposes of every tensor it made, but for what it returns. */
export function tidy<Result>(compute: () => Result): Result {
  return tf.tidy(compute as () => tf.TensorContainer) as Result;
}

/** Keeps a tensor beyond the tidy it was made in; the caller disposes of it. */
export function keep(x: Tensor): Tensor {
  return tf.keep(realTensor(x));
}

/** Gives a tensor's memory back. */
export function dispose(...tensors: readonly Tensor[]): void {
  for (const x of tensors) realTensor(x).dispose();
}
