/** @file Means along the last axis, and over everything. */
import * as tf from '../backends/tf';
import { defineOp } from './defineOp';
import { sizeOf, type Tensor } from './tensor';

const meanOp = defineOp<[Tensor]>({
  name: 'mean',
  shape: ([x]) => [...x.shape.slice(0, -1), 1],
  flops: ([x]) => sizeOf(x.shape),
  run: ([x]) => tf.mean(x, -1, true),
});

/** The mean along the last axis, which stays with size 1: [… n] → [… 1]. */
export function mean(x: Tensor): Tensor {
  return meanOp([x], undefined);
}

const averageOp = defineOp<[Tensor]>({
  name: 'average',
  shape: () => [],
  flops: ([x]) => sizeOf(x.shape),
  run: ([x]) => tf.mean(x),
});

/** The mean of all elements: [… n] → []. */
export function average(x: Tensor): Tensor {
  return averageOp([x], undefined);
}

const meanOverOp = defineOp<[Tensor], { axes: readonly number[] }>({
  name: 'meanOver',
  shape: ([x], { axes }) => x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size)),
  flops: ([x]) => sizeOf(x.shape),
  run: ([x], { axes }) => tf.mean(x, [...axes], true),
});

/** The mean over several axes, which stay with size 1. */
export function meanOver(x: Tensor, axes: readonly number[]): Tensor {
  return meanOverOp([x], { axes });
}
