/** @file Whether the page says truly what a run has come to. */
import { describe, expect, it } from 'vitest';
import type { MetricPoint, Sample } from '../../../webview/formats/metrics';
import { measuresOf } from '../../../webview/ui/views/measures';
import { outcomeOf, type Ended } from '../../../webview/ui/views/outcome';
import { factsOf } from '../support/facts';

const facts = factsOf('run', { charactersPerToken: 2, trainTokens: 1000 });

const point = (validationLoss?: number, step = 3000): MetricPoint => ({
  step,
  time: 160_000,
  learningRate: 0.0003,
  tokens: 2500,
  ...(validationLoss === undefined ? {} : { validationLoss }),
});

const sample: Sample = {
  step: 3000,
  prompt: '',
  text: 'ann has the ball.',
  temperature: 0.8,
  lexiconShare: 0.998,
  sentenceShare: 0.86,
};

const ended = (changes: Partial<Ended> = {}): Ended => ({
  last: { runId: 'run', step: 3000, steps: 3000, outcome: 'finished' },
  facts,
  points: [point(0.32)],
  samples: [sample],
  ...changes,
});

describe('a run that ended', () => {
  it('is told with the time it took, evaluations, samples and snapshots included', () => {
    const points = [{ ...point(0.32), elapsed: 185_000 }];
    expect(outcomeOf(ended({ points })).title).toBe('Finished: 3,000 steps in 3 min 5 s');
  });

  it('is told with its time, its loss among the lines, and what it writes', () => {
    const { title, message } = outcomeOf(ended());
    expect(title).toBe('Finished: 3,000 steps in 2 min 40 s');
    expect(message).toContain(
      'Validation loss 0.320, below the trigram line (0.816) and 0.17 above the floor.',
    );
    expect(message).toContain(
      '99% of the words are in the lexicon and 86% of its sentences parse.',
    );
  });

  it.each([
    [1.2, 'below the bigram line (1.639)'],
    [2, 'below the uniform line (3.466)'],
    [4, 'no better than guessing'],
  ])('with a loss of %f is compared with the best line it beats', (loss, words) => {
    expect(outcomeOf(ended({ points: [point(loss)] })).message).toContain(words);
  });

  it('says when the loss was measured, if that was earlier', () => {
    const points = [point(0.4, 2750), point()];
    expect(outcomeOf(ended({ points })).message).toContain('Validation loss 0.400 at step 2,750,');
  });

  it('is not judged by what was measured before its first step', () => {
    const { message } = outcomeOf(
      ended({
        last: { runId: 'run', step: 52, steps: 3000, outcome: 'stopped' },
        points: [point(3.5, 0)],
        samples: [{ ...sample, step: 0 }],
      }),
    );
    expect(message).toBe(
      'What it learned was not measured yet: the first evaluation comes at step 250.',
    );
  });

  it('is compared with the lower of two lines, whichever that is: triples of a short text are rare', () => {
    const baselines = { uniform: 4.1, bigram: 3.191, trigram: 3.454 };
    const told = (loss: number): string =>
      outcomeOf(ended({ points: [point(loss)], facts: { ...facts, baselines } })).message;
    expect(told(3)).toContain('below the bigram line (3.191).');
    expect(told(3.3)).toContain('below the trigram line (3.454).');
  });

  it('that fell below the floor without its mask is told why: it sees the answers', () => {
    const { config } = facts;
    const unmasked = { ...config, model: { ...config.model, mask: 'none' as const } };
    const run = { ...facts, config: unmasked };
    expect(outcomeOf(ended({ points: [point(0.029)], facts: run })).message).toContain(
      'Validation loss 0.029, below the floor (0.149): only a model that sees the answers can be, and with its mask off this one does.',
    );
  });

  it('that fell below the floor with its mask is not said to have beaten what cannot be', () => {
    expect(outcomeOf(ended({ points: [point(0.147)] })).message).toContain(
      'Validation loss 0.147, below the floor (0.149): with its mask a model gets there only by chance',
    );
  });

  it('that was stopped before its first evaluation says only where', () => {
    const last = { runId: 'run', step: 7, steps: 3000, outcome: 'stopped' } as const;
    expect(outcomeOf(ended({ last, points: [point()], samples: [] }))).toEqual({
      title: 'Stopped at step 7',
      message: 'It was not measured yet.',
    });
  });
});

describe('the numbers under the chart', () => {
  const value = (label: string, of: Partial<Ended> = {}): string | undefined =>
    measuresOf(ended(of)).find((measure) => measure.label === label)?.value;

  it('turn nats per token into bits per character, and tokens into epochs', () => {
    expect(value('Bits/char')).toBe((0.32 / Math.LN2 / 2).toFixed(3));
    expect(value('Epochs')).toBe('2.50');
    expect(value('Perplexity')).toBe('1.38');
  });

  it('hold the last evaluation while points without one come in', () => {
    expect(value('Validation', { points: [point(0.32), point()] })).toBe('0.320');
  });

  it('leave out lexicon and grammar for a text that has none', () => {
    const data = { ...facts.config.data, source: 'text' as const };
    const own = { ...facts, config: { ...facts.config, data } };
    expect(value('Words')).toBe('99%');
    expect(value('Words', { facts: own })).toBeUndefined();
  });
});
