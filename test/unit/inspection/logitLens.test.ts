/** @file The logit lens: what each layer would already say, by other arithmetic. */
import { beforeAll, describe, expect, it } from 'vitest';
import { logitLens } from '../../../webview/inspection/logitLens';
import { shownText } from '../../../webview/inspection/shownText';
import { characterTokenizer } from '../../../webview/tokenizers/characters';
import { useBackend } from '../support/backends';
import { randomTrainer, rungs, smallShape, weightsOf } from '../support/models';
import { expectClose } from '../support/numbers';
import { subjectOf } from '../training/looking';
import { lensByHand, passByHand, softmaxOf } from './byHand';

beforeAll(() => useBackend('cpu'));

const tokenizer = characterTokenizer('abc de');
const text = shownText(tokenizer.encode('a bad'), tokenizer, smallShape.context);
const ids = [...text.ids];

describe('the logit lens', () => {
  it('says after each layer what its stream says, and in the end what the model says', async () => {
    const trainer = randomTrainer({}, 0.6);
    const seen = await logitLens(subjectOf(trainer), text, { top: 3 }, tokenizer);
    expect(seen.depths).toEqual([
      'decoder.0.residualBefore',
      'decoder.0.residualAfter',
      'decoder.1.residualAfter',
    ]);
    const weights = await weightsOf(trainer.parameters);
    const { layers, logits } = passByHand(weights, trainer.config, ids);
    const streams = [layers[0]?.before, layers[0]?.after, layers[1]?.after];
    const depths = streams.map((stream) => lensByHand(weights, trainer.config, stream ?? []));
    expect(depths[2]).toEqual(logits);
    depths.flat().forEach((row, at) => {
      const shares = softmaxOf(row);
      const order = [...shares.keys()].sort((a, b) => (shares[b] ?? 0) - (shares[a] ?? 0));
      expect([...seen.ids.subarray(at * 3, at * 3 + 3)]).toEqual(order.slice(0, 3));
      expectClose(
        seen.probabilities.subarray(at * 3, at * 3 + 3),
        order.slice(0, 3).map((id) => shares[id] ?? NaN),
      );
      const entropy = -shares.reduce((sum, share) => sum + share * Math.log(share), 0);
      expect(seen.entropies[at]).toBeCloseTo(entropy, 5);
      const next = ids[(at % ids.length) + 1];
      if (next === undefined) {
        expect(seen.trueProbabilities[at]).toBeNaN();
        expect(seen.trueRanks[at]).toBe(0);
      } else {
        expect(seen.trueProbabilities[at]).toBeCloseTo(shares[next] ?? NaN, 5);
        expect(seen.trueRanks[at]).toBe(order.indexOf(next) + 1);
      }
    });
    trainer.dispose();
  });

  it('gives no more tokens than there are, each with its label', async () => {
    const trainer = randomTrainer();
    const seen = await logitLens(subjectOf(trainer), text, { top: 100 }, tokenizer);
    expect(seen.top).toBe(7);
    expect(seen.vocabulary.map(({ label }) => label)).toEqual([
      '␣',
      'a',
      'b',
      'c',
      'd',
      'e',
      '<|endoftext|>',
    ]);
    trainer.dispose();
  });

  it('reads every rung of the ladder: one without layers says what it says', async () => {
    for (const [name, change] of rungs) {
      const trainer = randomTrainer(change);
      const seen = await logitLens(subjectOf(trainer), text, { top: 1 }, tokenizer);
      expect(seen.depths, name).toHaveLength(change.layers === 0 ? 1 : 3);
      for (const entropy of seen.entropies) {
        expect(entropy).toBeGreaterThan(0);
        expect(entropy).toBeLessThanOrEqual(Math.log(7) + 1e-6);
      }
      trainer.dispose();
    }
  });
});
