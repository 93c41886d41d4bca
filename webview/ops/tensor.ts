/**
 * @file What the model's source calls a tensor: a shape and a handle. It is either real (tfjs holds
 * its values) or symbolic (the dry pass holds only its shape), and the model cannot tell which.
 */

/** Sizes of the axes, outermost first. */
export type Shape = readonly number[];

/** An n-dimensional array of float32 numbers, or of int32 ids. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly dtype: string;
}

/** Number of elements of a shape. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, axis) => product * axis, 1);
}

/** A shape as it stands in error messages: `[8, 64, 32]`. */
export function shapeText(shape: Shape): string {
  return `[${shape.join(', ')}]`;
}

/** The `index`-th axis of a shape, counted from the end when negative. */
export function axisOf(shape: Shape, index: number): number {
  const size = shape.at(index);
  if (size === undefined) throw new Error(`Shape ${shapeText(shape)} has no axis ${index}.`);
  return size;
}
