/** @file The gradients a probe reads in the middle of a model, alone and several at once. */
import { beforeAll, describe, expect, it } from 'vitest';

import { runProbe } from '../../../webview/training/probe';
import { hostBackends, useBackend } from '../support/backends';
import { randomTrainer } from '../support/models';
import { dot, expectClose, normals } from '../support/numbers';
import { gradients, input, look, only, subjectOf } from './looking';

const pattern = 'decoder.0.selfAttention.pattern';
const middle = 'decoder.1.residualMiddle';

describe.each(hostBackends)('a probe of gradients on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it.each(['tokenEmbedding', 'decoder.0.selfAttention.values', pattern, middle, 'logits'])(
    'gives the gradient at %s that adding a little to it shows',
    async (at) => {
      const trainer = randomTrainer();
      const subject = subjectOf(trainer);
      const { captures } = await runProbe(subject, {
        input,
        capture: [{ at, what: 'gradient' }],
        interventions: [],
      });
      const [captured] = captures;
      const gradient = captured?.values ?? new Float32Array();
      const random = normals(gradient.length, 9);
      const analytic = dot(gradient, random);
      const h = 0.01;
      const lossAt = async (by: number): Promise<number> => {
        const values = Float32Array.from(random, (each) => by * each);
        subject.kept.set('a little', { shape: captured?.shape ?? [], values });
        return (await look(subject, [], [{ at, do: 'add', from: 'a little' }])).loss;
      };
      const measured = ((await lossAt(h)) - (await lossAt(-h))) / (2 * h);
      expect(Math.abs(analytic)).toBeGreaterThan(1e-3);
      expect(Math.abs(measured - analytic)).toBeLessThan(2e-2 * Math.abs(analytic) + 1e-4);
      trainer.dispose();
    },
  );

  it('gives the gradients at several points as at each alone', async () => {
    const trainer = randomTrainer();
    const subject = subjectOf(trainer);
    const early = await gradients(subject, ['tokenEmbedding']);
    const late = await gradients(subject, [middle]);
    expect(await gradients(subject, ['tokenEmbedding', middle])).toEqual([...early, ...late]);
    trainer.dispose();
  });

  it('differentiates one logit minus another', async () => {
    const trainer = randomTrainer();
    const gradientOf = { position: 3, token: 2, minus: 5 };
    const got = await gradients(subjectOf(trainer), ['logits'], { gradientOf });
    const want = new Float32Array(2 * 6 * 7);
    want[3 * 7 + 2] = 1;
    want[3 * 7 + 5] = -1;
    expectClose(only(got), want, 1e-6);
    trainer.dispose();
  });

  it('finds that a logit minus itself depends on nothing', async () => {
    const trainer = randomTrainer();
    const gradientOf = { position: 1, token: 3, minus: 3 };
    const got = await gradients(subjectOf(trainer), ['logits'], { gradientOf });
    expect(new Set(only(got))).toEqual(new Set([0]));
    trainer.dispose();
  });
});

describe('a gradient of what the objective does not depend on', () => {
  const zeros = (...shape: readonly number[]) =>
    new Float32Array(shape.reduce((size, axis) => size * axis, 1));

  it('is zeros at a value that comes after the logit', async () => {
    await useBackend('cpu');
    const trainer = randomTrainer({ attention: 'uniform' });
    const { captures } = await runProbe(subjectOf(trainer), {
      input,
      capture: [{ at: 'surprise', what: 'gradient' }],
      interventions: [],
      gradientOf: { position: 0, token: 0 },
    });
    expect(captures[0]?.shape).toEqual([2, 6]);
    expect(captures[0]?.values).toEqual(zeros(2, 6));
    trainer.dispose();
  });

  it.each(['loss', { position: 5, token: 1 }] as const)(
    'is zeros before a value that was silenced, of %o',
    async (gradientOf) => {
      await useBackend('cpu');
      const trainer = randomTrainer();
      const [before, after] = await gradients(subjectOf(trainer), [middle, 'finalNorm.output'], {
        interventions: [{ at: 'decoder.1.residualAfter', do: 'zero' }],
        gradientOf,
      });
      expect(before).toEqual(zeros(2, 6, 8));
      expect(after).not.toEqual(zeros(2, 6, 8));
      trainer.dispose();
    },
  );
});
