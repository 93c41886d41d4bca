/**
 * @file The causal mask: what lets every position of a text be trained at once without seeing its
 * answer.
 */
import { beforeForgetting } from '../backends/registry';
import * as tf from '../backends/tf';
import { defineOp } from './defineOp';
import { axisOf, type Tensor } from './tensor';

/**
 * Added to the score of a forbidden pair. eˣ of it is exactly 0 in float32; −∞ would do, but
 * 0 · −∞ is not a number and shaders need not respect it.
 */
const forbidden = -1e9;

const maskFutureOp = defineOp<[Tensor], { firstQuery: number }>({
  name: 'maskFuture',
  shape: ([scores]) => scores.shape,
  run: ([scores], { firstQuery }) => tf.add(scores, maskRows(scores, firstQuery)),
});

/**
 * Forbids every query to see keys that come after it: [… query × key] → the same shape. Query 0 of
 * `scores` stands at position `firstQuery` of the keys.
 */
export function maskFuture(scores: Tensor, firstQuery = 0): Tensor {
  return maskFutureOp([scores], { firstQuery });
}

/**
 * The largest mask of each backend; one that is opened anew has none of the tensors of the one
 * before.
 */
const masks = new WeakMap<object, tf.Tensor>();

// tfjs counts a tensor as held until it is disposed of, also where its backend is gone.
beforeForgetting((backend) => {
  masks.get(backend)?.dispose();
  masks.delete(backend);
});

/**
 * What the scores need of the square mask: all of it in training, a part of it while text grows.
 */
function maskRows(scores: tf.Tensor, firstQuery: number): tf.Tensor {
  const queries = axisOf(scores.shape, -2);
  const keys = axisOf(scores.shape, -1);
  const square = squareMask(keys);
  const whole = queries === keys && keys === square.shape[0];
  return whole ? square : tf.slice(square, [firstQuery, 0], [queries, keys]);
}

/** A mask of at least that size, made once. */
function squareMask(size: number): tf.Tensor {
  const backend = tf.backend();
  const known = masks.get(backend);
  if (known && axisOf(known.shape, 0) >= size) return known;
  known?.dispose();
  const values = new Float32Array(size * size);
  for (let query = 0; query < size; query++) {
    values.fill(forbidden, query * size + query + 1, (query + 1) * size);
  }
  const mask = tf.keep(tf.tensor2d(values, [size, size]));
  masks.set(backend, mask);
  return mask;
}
