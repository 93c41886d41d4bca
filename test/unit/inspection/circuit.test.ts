/** @file The circuits of a head, against sums written out. */
import { beforeAll, describe, expect, it } from 'vitest';
import { circuitOf } from '../../../webview/inspection/circuit';
import { useBackend } from '../support/backends';
import { randomTrainer, weightsOf } from '../support/models';
import { expectClose } from '../support/numbers';
import { subjectOf } from '../training/looking';
import { matrixOf, multiply, transposed } from './byHand';
import { inductionTrainer } from './inductionModel';

beforeAll(() => useBackend('cpu'));

const path = 'decoder.1.selfAttention.pattern';
const labels = { labelOf: String };

describe('the circuits of a head', () => {
  it.each([true, false])('are products of its weights alone, tied: %s', async (tied) => {
    const trainer = randomTrainer({ tied });
    const seen = await circuitOf(subjectOf(trainer), { path, head: 1 }, labels);
    const weights = await weightsOf(trainer.parameters);
    const embedding = matrixOf(weights, 'tokenTable', 8);
    const output = tied ? embedding : matrixOf(weights, 'outputTable', 8);
    const ofHead = (name: string): number[][] =>
      matrixOf(weights, `decoder.1.selfAttention.${name}.weight`, 8).map((row) => row.slice(4));
    const asked = multiply(embedding, ofHead('query'));
    const found = multiply(embedding, ofHead('key'));
    expectClose(
      seen.queryKey ?? [],
      multiply(asked, transposed(found))
        .flat()
        .map((drawn) => drawn / 2),
    );
    const written = matrixOf(weights, 'decoder.1.selfAttention.output.weight', 8).slice(4);
    const offered = multiply(multiply(embedding, ofHead('value')), written);
    expectClose(seen.outputValue, multiply(offered, transposed(output)).flat());
    expect(seen.tokens.map(({ label }) => label)).toEqual(['0', '1', '2', '3', '4', '5', '6']);
    trainer.dispose();
  });

  it('of a head that copies raise the token that is looked at', async () => {
    const trainer = inductionTrainer();
    const { outputValue } = await circuitOf(subjectOf(trainer), { path, head: 0 }, labels);
    for (let source = 0; source < 12; source++) {
      const row = outputValue.subarray(source * 12, (source + 1) * 12);
      expect(row.indexOf(Math.max(...row))).toBe(source);
    }
    trainer.dispose();
  });

  it('have nothing that is asked where attention is uniform', async () => {
    const trainer = randomTrainer({ attention: 'uniform' });
    const seen = await circuitOf(subjectOf(trainer), { path, head: 0 }, labels);
    expect('queryKey' in seen).toBe(false);
    expect(seen.outputValue).toHaveLength(49);
    trainer.dispose();
  });

  it('are refused for a vocabulary that no picture has room for', async () => {
    const trainer = randomTrainer({ vocabulary: 513 });
    const asked = circuitOf(subjectOf(trainer), { path, head: 0 }, labels);
    await expect(asked).rejects.toMatchObject({
      code: 'vocabulary-too-large',
      remedy: expect.stringContaining('at most 512 tokens') as string,
    });
    trainer.dispose();
  });
});
