/**
 * @file The same training step as a user of plain tfjs would write it: core ops, its gradients and
 * its Adam. What our figures are a ratio of. Knows none of our ops and kernels.
 */
import { mlpWidth } from '../../webview/config/model';
import * as tf from '../../webview/backends/tf';
import type { BenchConfiguration } from './configurations';
import type { Subject } from './subject';

type Weights = Readonly<Record<string, tf.Variable>>;

/** GPT-2 in tfjs's own ops, as small as it can be said. */
export function stock({ model, training }: BenchConfiguration): Subject {
  const { layers, dModel, heads, context, vocabulary, normEpsilon } = model;
  const dHead = dModel / heads;
  const weights = initialWeights(model);
  const at = (name: string): tf.Variable => {
    const found = weights[name];
    if (!found) throw new Error(`The stock model has no weight ${name}.`);
    return found;
  };
  const mask = tf.keep(
    tf.mul(tf.sub(1, tf.linalg.bandPart(tf.ones([context, context]), -1, 0)), -1e9),
  );
  const optimizer = tf.train.adam(
    training.learningRate,
    training.beta1,
    training.beta2,
    training.epsilon,
  );

  const linear = (x: tf.Tensor, name: string): tf.Tensor =>
    tf.add(tf.matMul(x, at(`${name}.weight`)), at(`${name}.bias`));
  const layerNorm = (x: tf.Tensor, name: string): tf.Tensor => {
    const { mean, variance } = tf.moments(x, -1, true);
    const normalized = tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, normEpsilon)));
    return tf.add(tf.mul(normalized, at(`${name}.gain`)), at(`${name}.bias`));
  };
  const gelu = (x: tf.Tensor): tf.Tensor => {
    const inner = tf.mul(
      Math.sqrt(2 / Math.PI),
      tf.add(x, tf.mul(0.044715, tf.mul(x, tf.square(x)))),
    );
    return tf.mul(tf.mul(0.5, x), tf.add(1, tf.tanh(inner)));
  };
  const attention = (x: tf.Tensor, name: string): tf.Tensor => {
    const split = (part: string): tf.Tensor =>
      tf.transpose(
        tf.reshape(linear(x, `${name}.${part}`), [-1, context, heads, dHead]),
        [0, 2, 1, 3],
      );
    const scores = tf.mul(
      tf.matMul(split('query'), split('key'), false, true),
      1 / Math.sqrt(dHead),
    );
    const found = tf.matMul(tf.softmax(tf.add(scores, mask)), split('value'));
    const joined = tf.reshape(tf.transpose(found, [0, 2, 1, 3]), [-1, dModel]);
    return linear(joined, `${name}.output`);
  };
  const logitsOf = (ids: tf.Tensor1D): tf.Tensor => {
    const tokens = tf.reshape(tf.gather(at('tokens'), ids), [-1, context, dModel]);
    let x: tf.Tensor = tf.reshape(tf.add(tokens, at('positions')), [-1, dModel]);
    for (let layer = 0; layer < layers; layer++) {
      x = tf.add(x, attention(layerNorm(x, `${layer}.norm1`), `${layer}.attention`));
      const hidden = gelu(linear(layerNorm(x, `${layer}.norm2`), `${layer}.in`));
      x = tf.add(x, linear(hidden, `${layer}.out`));
    }
    return tf.matMul(layerNorm(x, 'norm'), at('tokens'), false, true);
  };

  return {
    learn: ({ inputs, targets }) =>
      tf.tidy(() => {
        const loss = (): tf.Scalar => {
          const likelihood = tf.logSoftmax(logitsOf(tf.tensor1d(inputs, 'int32')));
          const right = tf.oneHot(tf.tensor1d(targets, 'int32'), vocabulary);
          return tf.neg(tf.mean(tf.sum(tf.mul(likelihood, right), -1)));
        };
        const cost = optimizer.minimize(loss, true, Object.values(weights));
        if (!cost) throw new Error('tfjs returned no loss.');
        return cost;
      }),
    dispose: () => {
      tf.dispose([mask, ...Object.values(weights)]);
      optimizer.dispose();
    },
  };
}

function initialWeights(model: BenchConfiguration['model']): Weights {
  const { layers, dModel, context, vocabulary } = model;
  const dMlp = mlpWidth(model);
  const weights: Record<string, tf.Variable> = {};
  const make = (name: string, initial: tf.Tensor): void => {
    weights[name] = tf.variable(initial);
    initial.dispose();
  };
  const normal = (name: string, shape: [number, number]): void => {
    make(name, tf.randomNormal(shape, 0, 0.02, 'float32', 1));
  };
  const matrix = (name: string, shape: [number, number]): void => {
    normal(`${name}.weight`, shape);
    make(`${name}.bias`, tf.zeros([shape[1]]));
  };
  const norm = (name: string): void => {
    make(`${name}.gain`, tf.ones([dModel]));
    make(`${name}.bias`, tf.zeros([dModel]));
  };
  normal('tokens', [vocabulary, dModel]);
  normal('positions', [context, dModel]);
  norm('norm');
  for (let layer = 0; layer < layers; layer++) {
    norm(`${layer}.norm1`);
    norm(`${layer}.norm2`);
    for (const part of ['query', 'key', 'value', 'output']) {
      matrix(`${layer}.attention.${part}`, [dModel, dModel]);
    }
    matrix(`${layer}.in`, [dModel, dMlp]);
    matrix(`${layer}.out`, [dMlp, dModel]);
  }
  return weights;
}
