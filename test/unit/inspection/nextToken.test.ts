/** @file The distribution of the next token before and after each filter, by hand. */
import { describe, expect, it } from 'vitest';
import { defaultSampling } from '../../../webview/config/presets';
import { nextTokenStages } from '../../../webview/inspection/nextToken';

const labels = ['a', 'b', 'c', 'd'];
const tokenizer = { labelOf: (id: number) => labels[id] ?? '?' };
/** Shares 1 : 2 : 4 : 8. */
const logits = Float32Array.from([1, 2, 4, 8], Math.log);

const stagesOf = (change: Partial<typeof defaultSampling>, top = 4) =>
  nextTokenStages(
    logits,
    { ...defaultSampling, temperature: 1, topK: 0, topP: 1, ...change },
    top,
    tokenizer,
  );

describe('the next token', () => {
  it('is drawn from what each filter leaves of the one before', () => {
    // Temperature ½ squares the odds: 1 : 4 : 16 : 64. The three likeliest: 4 : 16 : 64 of 84.
    // Of these the fewest that reach 0.9 are 64 and 16, of 80.
    const { tokens, stages, vocabulary } = stagesOf({ temperature: 0.5, topK: 3, topP: 0.9 });
    expect(vocabulary).toBe(4);
    expect(tokens.map(({ label }) => label)).toEqual(['d', 'c', 'b', 'a']);
    const expected = [
      [8 / 15, 64 / 85, 64 / 84, 64 / 80],
      [4 / 15, 16 / 85, 16 / 84, 16 / 80],
      [2 / 15, 4 / 85, 4 / 84, 0],
      [1 / 15, 1 / 85, 0, 0],
    ];
    tokens.forEach(({ probabilities }, place) => {
      probabilities.forEach((probability, stage) => {
        expect(probability).toBeCloseTo(expected[place]?.[stage] ?? NaN, 6);
      });
    });
    expect(stages.map(({ stage, kept }) => [stage, kept])).toEqual([
      ['model', 4],
      ['temperature', 4],
      ['top-k', 3],
      ['top-p', 2],
    ]);
    expect(stages.at(-1)?.entropy).toBeCloseTo(-0.8 * Math.log(0.8) - 0.2 * Math.log(0.2), 6);
  });

  it('at temperature 0 is the likeliest, and certain', () => {
    const { stages, tokens } = stagesOf({ temperature: 0 }, 2);
    expect(stages.map(({ kept }) => kept)).toEqual([4, 1, 1, 1]);
    expect(stages[1]?.entropy).toBeCloseTo(0, 12);
    expect(tokens).toHaveLength(2);
    expect(tokens[0]?.probabilities.slice(1)).toEqual([1, 1, 1]);
  });
});
