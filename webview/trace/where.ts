/** @file Turning a `Where` into numbers: which elements of a value it means. */
import { PlaygroundError } from '../config/errors';
import { sizeOf, type Shape } from '../ops/tensor';
import { axisNames, type Axes } from './axes';
import type { Where } from './probe';
import type { TracePath } from './scope';

/** For each axis of the value, the indices that are meant, in ascending order. */
export function selectedIndices(
  path: TracePath,
  axes: Axes,
  shape: Shape,
  where: Where = [],
): number[][] {
  const names = axisNames(axes);
  for (const { axis } of where) {
    if (!names.includes(axis)) {
      throw new PlaygroundError({
        code: 'unknown-axis',
        message: `${path} has no axis “${axis}”.`,
        remedy: `Choose among ${names.join(', ')}.`,
      });
    }
  }
  return names.map((name, position) => {
    const size = shape[position] ?? 0;
    const [wanted, second] = where.filter(({ axis }) => axis === name);
    const indices = wanted?.index ?? Array.from({ length: size }, (_, index) => index);
    if (second !== undefined || new Set(indices).size < indices.length) {
      throw new PlaygroundError({
        code: 'index-repeated',
        message: `${path}: ${second ? `the axis ${name}` : `an index of ${name}`} is named twice.`,
        remedy: 'Name each axis once, with each of its indices once.',
      });
    }
    const outside = indices.find((index) => !Number.isInteger(index) || index < 0 || index >= size);
    if (outside !== undefined) {
      throw new PlaygroundError({
        code: 'index-out-of-range',
        message: `${path}: ${name} ${outside} does not exist; there are ${size}.`,
        remedy: `Choose an index from 0 to ${size - 1}.`,
      });
    }
    return [...indices].sort((a, b) => a - b);
  });
}

/** The row-major places of the elements that the indices mean. */
export function selectedPlaces(shape: Shape, indices: readonly (readonly number[])[]): number[] {
  return indices.reduce<number[]>(
    (places, along, axis) =>
      places.flatMap((place) => along.map((index) => place * (shape[axis] ?? 1) + index)),
    [0],
  );
}

/** 1 where an element is meant, 0 elsewhere, in row-major order. */
export function indicatorOf(shape: Shape, indices: readonly (readonly number[])[]): Float32Array {
  const indicator = new Float32Array(sizeOf(shape));
  for (const place of selectedPlaces(shape, indices)) indicator[place] = 1;
  return indicator;
}
