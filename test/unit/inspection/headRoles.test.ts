/** @file What each head does in a model whose weights say it, and what is lost without it. */
import { beforeAll, describe, expect, it } from 'vitest';
import { attentionAt } from '../../../webview/inspection/attentions';
import { diagnosticBatch } from '../../../webview/inspection/diagnosticBatch';
import { headRolesOf, lossWithout } from '../../../webview/inspection/headRoles';
import { useBackend } from '../support/backends';
import { randomTrainer, rungs, smallShape, trainerOf, weightsOf } from '../support/models';
import { subjectOf } from '../training/looking';
import { endOfText, inductionTrainer } from './inductionModel';

beforeAll(() => useBackend('cpu'));

const notes = 'decoder.0.selfAttention.pattern';
const copies = 'decoder.1.selfAttention.pattern';

describe('in a model that copies what repeats, its weights set by hand', () => {
  it('the head that notes the token before and the one that copies are named', async () => {
    const trainer = inductionTrainer();
    const { heads, period } = await headRolesOf(subjectOf(trainer), endOfText);
    expect(period).toBe(8);
    expect(heads.map(({ path, head, role }) => [path, head, role])).toEqual([
      [notes, 0, 'previous-token'],
      [notes, 1, 'uniform'],
      [copies, 0, 'induction'],
      [copies, 1, 'uniform'],
    ]);
    expect(heads[0]?.scores['previous-token']).toBeGreaterThan(0.9);
    expect(heads[2]?.scores.induction).toBeGreaterThan(0.9);
    trainer.dispose();
  });

  it('silencing either breaks the copying, and silencing the others does nothing', async () => {
    const trainer = inductionTrainer();
    const subject = subjectOf(trainer);
    const { input, period } = diagnosticBatch(subject.config, endOfText);
    // Only what has been seen once can be copied: nothing is asked of the first half.
    const targets = input.targets.map((id, at) => (at % (2 * period) < period ? -1 : id));
    const asked = { ...input, targets };
    const without = (path: string, head: number): Promise<number> =>
      lossWithout(subject, asked, { attention: attentionAt(subject, path), head });
    const whole = await lossWithout(subject, asked);
    expect(whole).toBeLessThan(0.3);
    expect((await without(notes, 0)) - whole).toBeGreaterThan(0.5);
    expect((await without(copies, 0)) - whole).toBeGreaterThan(0.5);
    expect(await without(notes, 1)).toBe(whole);
    expect(await without(copies, 1)).toBe(whole);
    trainer.dispose();
  });
});

describe('a silenced head', () => {
  it('costs what its rows of W_O are worth', async () => {
    const trainer = randomTrainer();
    const subject = subjectOf(trainer);
    const { input } = diagnosticBatch(subject.config, 6);
    const attention = attentionAt(subject, copies);
    const silenced = await lossWithout(subject, input, { attention, head: 0 });
    const weights = await weightsOf(trainer.parameters);
    const name = 'decoder.1.selfAttention.output.weight';
    weights.set(
      name,
      Float32Array.from(weights.get(name) ?? [], (weight, at) => (at < 4 * 8 ? 0 : weight)),
    );
    const cut = trainerOf({}, {}, { restored: { weights, step: 0 } });
    expect(silenced).toBeCloseTo(await lossWithout(subjectOf(cut), input), 5);
    expect(silenced).not.toBeCloseTo(await lossWithout(subject, input), 3);
    trainer.dispose();
    cut.dispose();
  });
});

describe('the text on which heads are judged', () => {
  it('is a row of tokens and the same again, all different, never the end of text', () => {
    const { input, period } = diagnosticBatch({ context: 17, vocabulary: 12 }, 4);
    expect(period).toBe(8);
    expect(input.context).toBe(16);
    for (let row = 0; row < input.batchSize; row++) {
      const tokens = [...input.inputs.subarray(row * 16, (row + 1) * 16)];
      expect(tokens.slice(8)).toEqual(tokens.slice(0, 8));
      expect(new Set(tokens).size).toBe(8);
      expect(tokens).not.toContain(4);
      expect(tokens.every((id) => id >= 0 && id < 12)).toBe(true);
      const targets = [...input.targets.subarray(row * 16, (row + 1) * 16)];
      expect(targets).toEqual([...tokens.slice(1), -1]);
    }
    expect(new Set(input.inputs).size).toBeGreaterThan(8);
  });

  it('is the same at every look', () => {
    const shape = { context: 16, vocabulary: 12 };
    expect(diagnosticBatch(shape, 11)).toEqual(diagnosticBatch(shape, 11));
  });

  it('repeats sooner where the vocabulary is small, and no later than after 64 tokens', () => {
    expect(diagnosticBatch({ context: 64, vocabulary: 6 }, 5).period).toBe(5);
    expect(diagnosticBatch({ context: 1024, vocabulary: 500 }, 0).period).toBe(64);
    const single = diagnosticBatch({ context: 64, vocabulary: 2 }, 1);
    expect(new Set(single.input.inputs)).toEqual(new Set([0]));
  });

  it('needs a context in which something can repeat', () => {
    expect(() => diagnosticBatch({ context: 3, vocabulary: 9 }, 8)).toThrow('context of 3');
  });

  it('is refused for a model whose numbers have broken', async () => {
    const weights = await weightsOf(randomTrainer().parameters);
    weights.get('tokenTable')?.fill(NaN);
    const trainer = trainerOf({}, {}, { restored: { weights, step: 0 } });
    await expect(headRolesOf(subjectOf(trainer), 6)).rejects.toMatchObject({ code: 'not-finite' });
    trainer.dispose();
  });

  it('is read in every rung of the ladder', async () => {
    for (const [, change] of rungs) {
      const trainer = randomTrainer(change);
      const { heads } = await headRolesOf(subjectOf(trainer), smallShape.vocabulary - 1);
      expect(heads).toHaveLength(2 * (change.layers ?? 2));
      for (const { scores } of heads) {
        for (const score of Object.values(scores)) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1.00001);
        }
      }
      trainer.dispose();
    }
  });
});
