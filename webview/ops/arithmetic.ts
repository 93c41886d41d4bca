/** @file Element-by-element arithmetic with broadcasting: axes of size 1 are repeated to fit. */
import * as tf from '../backends/tf';
import { defineOp } from './defineOp';
import { shapeText, type Shape, type Tensor } from './tensor';

/** a + b */
export const add = binary('add', (a, b) => tf.add(a, b));

/** a − b */
export const subtract = binary('subtract', (a, b) => tf.sub(a, b));

/** a · b, element by element */
export const multiply = binary('multiply', (a, b) => tf.mul(a, b));

/** x² */
export const square = unary('square', (x) => tf.square(x));

/** 1 / √x */
export const reciprocalSquareRoot = unary('reciprocalSquareRoot', (x) => tf.rsqrt(x));

const scaleOp = defineOp<[Tensor], { by: number }>({
  name: 'scale',
  shape: ([x]) => x.shape,
  run: ([x], { by }) => tf.mul(x, tf.scalar(by)),
});

/** x times one number. */
export function scale(x: Tensor, by: number): Tensor {
  return scaleOp([x], { by });
}

const shiftOp = defineOp<[Tensor], { by: number }>({
  name: 'shift',
  shape: ([x]) => x.shape,
  run: ([x], { by }) => tf.add(x, tf.scalar(by)),
});

/** x plus one number. */
export function shift(x: Tensor, by: number): Tensor {
  return shiftOp([x], { by });
}

type Binary = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;

function binary(name: string, compute: Binary): (a: Tensor, b: Tensor) => Tensor {
  const op = defineOp<[Tensor, Tensor]>({
    name,
    shape: ([a, b]) => broadcast(name, a.shape, b.shape),
    run: ([a, b]) => compute(a, b),
  });
  return (a, b) => op([a, b], undefined);
}

function unary(name: string, compute: (x: tf.Tensor) => tf.Tensor): (x: Tensor) => Tensor {
  const op = defineOp<[Tensor]>({ name, shape: ([x]) => x.shape, run: ([x]) => compute(x) });
  return (x) => op([x], undefined);
}

/**
 * The shape of the result: axes are aligned at the end, and an axis of 1 stretches to its partner.
 */
function broadcast(name: string, a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const x = a.at(axis - rank) ?? 1;
    const y = b.at(axis - rank) ?? 1;
    if (x !== y && x !== 1 && y !== 1) {
      throw new Error(`${name}: shapes ${shapeText(a)} and ${shapeText(b)} do not broadcast.`);
    }
    return Math.max(x, y);
  });
}
