/** @file The product of matrices, the one op in which nearly all time is spent. */
import * as tf from '../backends/tf';
import { defineOp } from './defineOp';
import { axisOf, shapeText, sizeOf, type Shape, type Tensor } from './tensor';

export interface MatMulOptions {
  /** Use B transposed: rows of B are what rows of A are multiplied with. */
  readonly transposeB?: boolean;
}

const matMulOp = defineOp<[Tensor, Tensor], MatMulOptions>({
  name: 'matMul',
  shape: ([a, b], options) => productShape(a.shape, b.shape, options),
  flops: ([a], result) => 2 * sizeOf(result) * axisOf(a.shape, -1),
  run: ([a, b], { transposeB = false }) => {
    if (b.shape.length > 2) return tf.matMul(a, b, false, transposeB);
    // One matrix for every row: fold the leading axes into rows, since tfjs has no gradient
    // otherwise.
    const rows = tf.reshape(a, [-1, axisOf(a.shape, -1)]);
    const product = tf.matMul(rows, b, false, transposeB);
    return tf.reshape(product, [...a.shape.slice(0, -1), axisOf(product.shape, -1)]);
  },
});

/**
 * A·B over the last two axes: [… m × k] · [… k × n] → [… m × n]. Leading axes are equal, or B is
 * one matrix used for all. Costs 2·m·k·n operations.
 */
export function matMul(a: Tensor, b: Tensor, options: MatMulOptions = {}): Tensor {
  return matMulOp([a, b], options);
}

function productShape(a: Shape, b: Shape, { transposeB = false }: MatMulOptions): Shape {
  const inner = axisOf(a, -1);
  const [rows, columns] = transposeB
    ? [axisOf(b, -1), axisOf(b, -2)]
    : [axisOf(b, -2), axisOf(b, -1)];
  const leading = b.slice(0, -2);
  const fits =
    leading.length === 0 ||
    leading.every((size, axis) => size === a[axis] && b.length === a.length);
  if (inner !== rows || !fits) {
    const product = `${shapeText(a)} · ${shapeText(b)}${transposeB ? 'ᵀ' : ''}`;
    throw new Error(`matMul: ${product} does not fit: ${inner} columns meet ${rows} rows.`);
  }
  return [...a.slice(0, -1), columns];
}
