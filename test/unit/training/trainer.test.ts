/** @file The training step: its arithmetic against an independent one, its bits, its memory. */
import { beforeAll, describe, expect, it } from 'vitest';

import * as tf from '../../../webview/backends/tf';
import { clipFactor, globalNorm } from '../../../webview/ops/optimize';
import { dispose, read, tensor, tidy } from '../../../webview/ops/values';
import type { Tensor } from '../../../webview/ops/tensor';
import { learningRateAt } from '../../../webview/training/schedule';
import { disposeStep, type Trainer } from '../../../webview/training/trainer';
import { hostBackends, useBackend } from '../support/backends';
import { batchOf, learn, smallShape, smallTraining, trainerOf, weightsOf } from '../support/models';
import { expectClose } from '../support/numbers';

type Numbers = Map<string, number[]>;

/** Gradients of the trainer's next step, in double. */
async function gradientsOf(trainer: Trainer, seed: number): Promise<Numbers> {
  const tensors = tidy(() =>
    Object.fromEntries(trainer.gradients(batchOf(smallShape, seed)).gradients),
  );
  const gradients: Numbers = new Map();
  for (const [name, gradient] of Object.entries(tensors))
    gradients.set(name, [...(await read(gradient))]);
  dispose(...Object.values(tensors));
  return gradients;
}

/**
 * AdamW over all parameters as its paper writes it, in double, with clipping by the global norm.
 */
class Reference {
  readonly weights: Numbers = new Map();
  readonly #m: Numbers = new Map();
  readonly #v: Numbers = new Map();
  #step = 0;

  constructor(weights: ReadonlyMap<string, Float32Array>) {
    for (const [name, values] of weights) this.weights.set(name, [...values]);
  }

  update(gradients: Numbers, decays: (name: string) => boolean): number {
    const { beta1, beta2, epsilon, weightDecay, clipNorm } = smallTraining;
    const learningRate = learningRateAt(smallTraining, this.#step);
    this.#step += 1;
    const norm = Math.sqrt([...gradients.values()].flat().reduce((sum, g) => sum + g * g, 0));
    const scale = Math.min(1, clipNorm / norm);
    for (const [name, before] of this.weights) {
      const g = (gradients.get(name) ?? []).map((each) => each * scale);
      const m = g.map((each, i) => beta1 * (this.#m.get(name)?.[i] ?? 0) + (1 - beta1) * each);
      const v = g.map((each, i) => beta2 * (this.#v.get(name)?.[i] ?? 0) + (1 - beta2) * each ** 2);
      this.#m.set(name, m);
      this.#v.set(name, v);
      const after = before.map((weight, i) => {
        const mean = (m[i] ?? NaN) / (1 - beta1 ** this.#step);
        const square = (v[i] ?? NaN) / (1 - beta2 ** this.#step);
        const decay = decays(name) ? weightDecay * weight : 0;
        return weight - learningRate * (mean / (Math.sqrt(square) + epsilon) + decay);
      });
      this.weights.set(name, after);
    }
    return norm;
  }
}

const matrices = (name: string) => /(weight|Table)$/.test(name);

describe.each(hostBackends)('training on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it('follows AdamW in double over 20 steps: clipping, schedule, decay of matrices alone', async () => {
    const trainer = trainerOf();
    const reference = new Reference(await weightsOf(trainer.parameters));
    let clipped = 0;
    for (let step = 0; step < 20; step++) {
      const norm = reference.update(await gradientsOf(trainer, step), matrices);
      if (norm > smallTraining.clipNorm) clipped += 1;
      const result = trainer.learn(batchOf(smallShape, step));
      expect((await read(result.gradientNorm))[0]).toBeCloseTo(norm, 4);
      disposeStep(result);
    }
    // Both a step that is clipped and one that is not.
    expect(clipped).toBeGreaterThan(0);
    expect(clipped).toBeLessThan(20);
    for (const [name, values] of await weightsOf(trainer.parameters)) {
      // Adam divides a gradient that is all rounding, as a key's bias has, by its own length.
      if (name.endsWith('key.bias')) continue;
      expectClose(values, reference.weights.get(name) ?? [], 1e-3);
    }
    trainer.dispose();
  });

  it('decays what it is told to', async () => {
    const all = trainerOf({}, { weightDecay: 0.5 }, { decays: () => true });
    const usual = trainerOf({}, { weightDecay: 0.5 });
    for (let step = 0; step < 3; step++) {
      await learn(all, batchOf(smallShape));
      await learn(usual, batchOf(smallShape));
    }
    const [decayed, kept] = [await weightsOf(all.parameters), await weightsOf(usual.parameters)];
    const gain = 'finalNorm.gain';
    expect(decayed.get(gain)).not.toEqual(kept.get(gain));
    all.dispose();
    usual.dispose();
  });

  it.each([0, 0.2])(
    'stopped and restored equals uninterrupted bit for bit, dropout %d',
    async (dropout) => {
      const run = async (trainer: Trainer, from: number, to: number): Promise<number[]> => {
        const losses: number[] = [];
        for (let step = from; step < to; step++)
          losses.push(await learn(trainer, batchOf(smallShape, step)));
        return losses;
      };
      const whole = trainerOf({ dropout });
      const uninterrupted = await run(whole, 0, 40);
      const first = trainerOf({ dropout });
      const before = await run(first, 0, 20);
      const { mean, meanSquare } = first.optimizer.moments;
      const restored = {
        step: 20,
        weights: await weightsOf(first.parameters),
        moments: { mean: await valuesOf(mean), meanSquare: await valuesOf(meanSquare) },
      };
      first.dispose();
      const second = trainerOf({ dropout }, {}, { restored });
      const after = await run(second, 20, 40);
      expect([...before, ...after]).toEqual(uninterrupted);
      expect(await weightsOf(second.parameters)).toEqual(await weightsOf(whole.parameters));
      whole.dispose();
      second.dispose();
    },
  );

  it('draws other dropout at every step, and none when it evaluates', async () => {
    const trainer = trainerOf({ dropout: 0.5 }, { learningRate: 0 });
    const batch = batchOf(smallShape);
    const first = await learn(trainer, batch);
    expect(await learn(trainer, batch)).not.toBe(first);
    const evaluate = async (): Promise<number | undefined> => {
      const loss = trainer.evaluate(batch);
      const [value] = await read(loss);
      dispose(loss);
      return value;
    };
    const plain = trainerOf({ dropout: 0 });
    const [want] = await read(plain.evaluate(batch));
    expect(await evaluate()).toBe(want);
    expect(await evaluate()).toBe(want);
    trainer.dispose();
    plain.dispose();
  });

  it('one seed gives one run, another seed another', async () => {
    const losses = async (seed: number): Promise<number[]> => {
      const trainer = trainerOf({ dropout: 0.1 }, { seed });
      const made = [
        await learn(trainer, batchOf(smallShape)),
        await learn(trainer, batchOf(smallShape)),
      ];
      trainer.dispose();
      return made;
    };
    expect(await losses(1)).toEqual(await losses(1));
    expect(await losses(1)).not.toEqual(await losses(2));
  });

  it('holds as many tensors after 50 steps as before, and none when it is disposed of', async () => {
    const fresh = tf.memory().numTensors;
    const trainer = trainerOf({ dropout: 0.1 });
    const batch = batchOf(smallShape);
    await learn(trainer, batch);
    dispose(trainer.evaluate(batch));
    const before = tf.memory().numTensors;
    for (let step = 0; step < 50; step++) {
      await learn(trainer, batch);
      dispose(trainer.evaluate(batch));
    }
    expect(tf.memory().numTensors).toBe(before);
    trainer.dispose();
    // The mask of this context stays with the backend.
    expect(tf.memory().numTensors - fresh).toBeLessThanOrEqual(1);
  });

  it.each([
    [[3, 4], 1, 0.2],
    [[3, 4], 5, 1],
    [[3, 4], 100, 1],
    [[3, 4], 0, 1],
    [[0, 0], 1, 1],
  ])('shortens a gradient %j to at most %d: by %d', async (gradient, limit, want) => {
    const [a = 0, b = 0] = gradient;
    const factor = tidy(() => clipFactor(globalNorm([tensor([a], [1]), tensor([b], [1])]), limit));
    expect((await read(factor))[0]).toBeCloseTo(want, 6);
    dispose(factor);
  });

  it('refuses weights that do not fit, by name and size', () => {
    const weights = new Map([['tokenTable', new Float32Array(5)]]);
    expect(() => trainerOf({}, {}, { restored: { weights, step: 0 } })).toThrow(
      'The parameter tokenTable holds 5 numbers; the configuration needs [7, 8].',
    );
    expect(() => trainerOf({}, {}, { restored: { weights: new Map(), step: 0 } })).toThrow(
      'tokenTable is missing',
    );
  });
});

async function valuesOf(tensors: ReadonlyMap<string, Tensor>): Promise<Map<string, Float32Array>> {
  const values = new Map<string, Float32Array>();
  for (const [name, each] of tensors) values.set(name, (await read(each)).slice());
  return values;
}
