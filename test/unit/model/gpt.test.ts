/**
 * @file The whole model: what it may see, and that it learns in the direction that its gradients
 * say.
 */
import { beforeAll, describe, expect, it } from 'vitest';

import { model } from '../../../webview/model/model';
import { dispose, keep, ids, read, tidy } from '../../../webview/ops/values';
import { passOver } from '../../../webview/training/pass';
import type { Trainer } from '../../../webview/training/trainer';
import { hostBackends, useBackend } from '../support/backends';
import { batchOf, learn, randomTrainer, rungs, smallShape, trainerOf } from '../support/models';
import { dot, normals } from '../support/numbers';

async function logitsOf(trainer: Trainer, tokens: readonly number[]): Promise<Float32Array> {
  const { config, parameters } = trainer;
  const logits = tidy(() =>
    keep(model.forward(passOver(config, parameters), config, ids(tokens, [1, tokens.length]))),
  );
  const values = await read(logits);
  dispose(logits);
  return values;
}

describe.each(hostBackends)('the model on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it.each(rungs.filter(([, change]) => change.mask !== 'none'))(
    'with %s never lets a later token change an earlier prediction',
    async (_, change) => {
      const trainer = randomTrainer(change);
      const { vocabulary } = smallShape;
      const before = await logitsOf(trainer, [1, 2, 3, 4, 5, 6]);
      for (let changed = 1; changed < 6; changed++) {
        const tokens = [1, 2, 3, 4, 5, 6].with(changed, 0);
        const after = await logitsOf(trainer, tokens);
        const until = changed * vocabulary;
        expect(after.subarray(0, until)).toEqual(before.subarray(0, until));
        expect(after.subarray(until)).not.toEqual(before.subarray(until));
      }
      trainer.dispose();
    },
  );

  it('without its mask lets the first prediction see the last token', async () => {
    const trainer = randomTrainer({ mask: 'none' });
    const before = await logitsOf(trainer, [1, 2, 3, 4, 5, 6]);
    const after = await logitsOf(trainer, [1, 2, 3, 4, 5, 0]);
    expect(after.subarray(0, 7)).not.toEqual(before.subarray(0, 7));
    trainer.dispose();
  });

  it.each([
    ['without positions knows no order but what the mask tells', 'none', true],
    ['with positions tells orders apart', 'learned', false],
  ] as const)('%s', async (_, positions, same) => {
    const trainer = randomTrainer({ positions, layers: 1, mask: 'none' });
    const one = await logitsOf(trainer, [1, 2, 3]);
    const other = await logitsOf(trainer, [2, 1, 3]);
    const difference = Math.max(
      ...Array.from(one.subarray(14), (value, index) =>
        Math.abs(value - (other[14 + index] ?? NaN)),
      ),
    );
    if (same) expect(difference).toBeLessThan(1e-5);
    else expect(difference).toBeGreaterThan(1e-2);
    trainer.dispose();
  });

  it.each(rungs)('with %s learns: the loss of one batch falls', async (_, change) => {
    const dropout = (change.dropout ?? 0) / 3;
    const trainer = trainerOf({ ...change, dropout }, { warmupSteps: 1, learningRate: 0.02 });
    const batch = batchOf(smallShape);
    const first = await learn(trainer, batch);
    for (let step = 1; step < 12; step++) await learn(trainer, batch);
    expect(await learn(trainer, batch)).toBeLessThan(first * 0.95);
    trainer.dispose();
  });

  it.each(rungs)(
    'with %s has the gradients that finite differences show, tensor by tensor',
    async (_, rung) => {
      const change = { layers: 1, ...rung };
      const batch = batchOf(smallShape);
      const trainer = randomTrainer(change);
      const lossOf = async (of: Trainer): Promise<number> => {
        const loss = tidy(() => of.gradients(batch).loss);
        const [value = NaN] = await read(loss);
        dispose(loss);
        return value;
      };
      const gradients = tidy(() => Object.fromEntries(trainer.gradients(batch).gradients));
      const start = new Map<string, Float32Array>();
      for (const [name, tensor] of trainer.parameters.tensors) start.set(name, await read(tensor));
      let visible = 0;
      for (const [index, [name, values]] of [...start].entries()) {
        const gradient = gradients[name];
        if (!gradient) throw new Error(`No gradient for ${name}.`);
        const random = normals(values.length, 100 + index);
        const length = Math.sqrt(dot(random, random));
        const direction = random.map((each) => each / length);
        const analytic = dot(await read(gradient), direction);
        const h = 0.02;
        const at = async (by: number): Promise<number> => {
          const moved = values.map((value, place) => value + by * (direction[place] ?? 0));
          const weights = new Map(start).set(name, moved);
          const shifted = trainerOf(change, {}, { restored: { weights, step: 0 } });
          const loss = await lossOf(shifted);
          shifted.dispose();
          return loss;
        };
        const measured = ((await at(h)) - (await at(-h))) / (2 * h);
        const allowed = 2e-2 * Math.abs(analytic) + 5e-5;
        expect(Math.abs(measured - analytic), `${name}: ${measured}, ${analytic}`).toBeLessThan(
          allowed,
        );
        if (Math.abs(analytic) > 5e-4) visible += 1;
      }
      // Enough directions must be steep enough for the comparison to mean something.
      expect(visible).toBeGreaterThan(start.size / 3);
      dispose(...Object.values(gradients));
      trainer.dispose();
    },
  );
});
