/**
 * @file This project's kernels as typed functions. They compute and no more: gradients are joined
 * to them in `webview/ops`. Errors of shape are the caller's to find. Must not know the backends.
 */
import * as tf from '../../backends/tf';

const run = (name: string, inputs: tf.NamedTensorMap, attributes: tf.NamedAttrMap = {}) =>
  tf.engine().runKernel<tf.Tensor>(name, inputs, attributes);

const runAll = (name: string, inputs: tf.NamedTensorMap, attributes: tf.NamedAttrMap = {}) =>
  tf.engine().runKernel<tf.Tensor[]>(name, inputs, attributes);

/** GELU (tanh form) of each element of x. */
export function geluForward(x: tf.Tensor): tf.Tensor {
  return run('GeluForward', { x });
}

/** Gradient of GELU at x, times dy. */
export function geluBackward(x: tf.Tensor, dy: tf.Tensor): tf.Tensor {
  return run('GeluBackward', { x, dy });
}

/** Layer normalization of x[…, d] over its last axis, with gain[d] and bias[d]. */
export function layerNormForward(
  x: tf.Tensor,
  gain: tf.Tensor,
  bias: tf.Tensor,
  epsilon: number,
): tf.Tensor {
  return run('LayerNormForward', { x, gain, bias }, { epsilon });
}

/** Gradients of layer normalization: for x[…, d], gain[d] and bias[d]. */
export function layerNormBackward(
  x: tf.Tensor,
  gain: tf.Tensor,
  dy: tf.Tensor,
  epsilon: number,
): [dx: tf.Tensor, dGain: tf.Tensor, dBias: tf.Tensor] {
  const [dx, dGain, dBias] = runAll('LayerNormBackward', { x, gain, dy }, { epsilon });
  if (!dx || !dGain || !dBias) throw new Error('LayerNormBackward returned fewer than 3 tensors.');
  return [dx, dGain, dBias];
}

/** Softmax of x over its last axis. */
export function softmaxForward(x: tf.Tensor): tf.Tensor {
  return run('SoftmaxForward', { x });
}

/** Gradient of softmax from its result y, times dy. */
export function softmaxBackward(y: tf.Tensor, dy: tf.Tensor): tf.Tensor {
  return run('SoftmaxBackward', { y, dy });
}

/** losses[n] in nats of logits[n, v] against int32 targets[n]; 0 where a target is negative. */
export function crossEntropyForward(logits: tf.Tensor, targets: tf.Tensor): tf.Tensor {
  return run('CrossEntropyForward', { logits, targets });
}

/** Gradient of the losses for logits[n, v], times dy[n]. */
export function crossEntropyBackward(
  logits: tf.Tensor,
  targets: tf.Tensor,
  dy: tf.Tensor,
): tf.Tensor {
  return run('CrossEntropyBackward', { logits, targets, dy });
}

/**
 * gradient[rows, d] of a table from which int32 ids[n] took the rows whose gradients are dy[n, d].
 */
export function embeddingGradient(ids: tf.Tensor, dy: tf.Tensor, rows: number): tf.Tensor {
  return run('EmbeddingGradient', { ids, dy }, { rows });
}

/**
 * x/(1 − rate) where the draw under the int32 key[1] is at least `rate`, else 0; takes dy to dx as
 * well.
 */
export function applyDropout(x: tf.Tensor, key: tf.Tensor, rate: number): tf.Tensor {
  return run('DropoutApply', { x, key }, { rate });
}

/** sums[d] of x[…, d] over all axes but the last: the gradient of a bias. */
export function columnSum(x: tf.Tensor): tf.Tensor {
  return run('ColumnSum', { x });
}

/** Σ x² as a scalar. */
export function squaredSum(x: tf.Tensor): tf.Tensor {
  return run('SquaredSum', { x });
}

/**
 * What one update of one parameter takes; all but `hyper` and `scale` have the parameter's shape.
 */
export interface AdamWUpdate {
  readonly parameter: tf.Variable;
  readonly gradient: tf.Tensor;
  /** Mean of the gradients. */
  readonly m: tf.Variable;
  /** Mean of their squares. */
  readonly v: tf.Variable;
  /** The numbers of `adamWHyper`, float32. */
  readonly hyper: tf.Tensor;
  /** Factor of the gradient, a scalar: what clipping leaves of it. */
  readonly scale: tf.Tensor;
  /** Whether the weight decay applies to this parameter. */
  readonly decay: boolean;
}

/**
 * Updates the parameter and its moments. On WebGPU their buffers keep their place, so that a clone
 * of a variable (which shares its buffer) changes with it; elsewhere the variables get new tensors.
 */
export function updateAdamW({ parameter, gradient, m, v, hyper, scale, decay }: AdamWUpdate): void {
  const inputs = { parameter, gradient, m, v, hyper, scale };
  const updated = runAll('AdamW', inputs, { decay });
  [parameter, m, v].forEach((variable, i) => {
    const next = updated[i];
    if (!next) throw new Error('AdamW returned fewer than 3 tensors.');
    if (next.dataId !== variable.dataId) variable.assign(next);
    next.dispose();
  });
}
