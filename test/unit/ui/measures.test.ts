/**
 * @file Whether the numbers that judge a run are of text that it never trained on, where there are
 * such.
 */
import { describe, expect, it } from 'vitest';
import type { MetricPoint } from '../../../webview/formats/metrics';
import { lossChartHelp } from '../../../webview/ui/views/lossChart';
import { measuresOf } from '../../../webview/ui/views/measures';
import { factsOf } from '../support/facts';

const facts = factsOf('run', { charactersPerToken: 2 });
const point = (step: number, losses: Partial<MetricPoint>): MetricPoint => ({
  step,
  time: step,
  tokens: 45 * step,
  learningRate: 0.001,
  ...losses,
});

function shown(points: readonly MetricPoint[]): Readonly<Record<string, string>> {
  const measures = measuresOf({ points, samples: [], facts });
  return Object.fromEntries(measures.map(({ label, value }) => [label, value]));
}

describe('the measures of a run', () => {
  it('judge by the newest validation loss, not by the newest batch', () => {
    const points = [
      point(0, { validationLoss: 3 }),
      point(10, { loss: 2, validationLoss: 1.5 }),
      point(20, { loss: 1 }),
    ];
    // e^1.5 = 4.48; 1.5 nats are 1.5 / ln 2 = 2.164 bits a token of two characters.
    expect(shown(points)).toMatchObject({
      Loss: '1.000',
      Validation: '1.500',
      Perplexity: '4.48',
      'Bits/char': '1.082',
      Epochs: '1.00',
    });
  });

  it('judge by the batches where the text has no validation part', () => {
    // e² = 7.39; 2 / ln 2 / 2 = 1.443.
    expect(shown([point(10, { loss: 2 })])).toMatchObject({
      Loss: '2.000',
      Validation: '–',
      Perplexity: '7.39',
      'Bits/char': '1.443',
    });
  });

  const stale = [point(0, { loss: 3.8, validationLoss: 3.842 }), point(76, { loss: 2.089 })];

  it('do not judge a model that has learned by what it was before its first step', () => {
    expect(shown(stale)).toMatchObject({
      Loss: '2.089',
      Validation: '–',
      Perplexity: '–',
      'Bits/char': '–',
    });
    expect(shown(stale.slice(0, 1))).toMatchObject({ Validation: '3.842', Perplexity: '46.62' });
  });

  it('say when they were measured, or will be next', () => {
    const judged = ['Validation', 'Perplexity', 'Bits/char'];
    const helps = (points: readonly MetricPoint[], run = facts): string[] =>
      measuresOf({ points, samples: [], facts: run })
        .filter(({ label }) => judged.includes(label))
        .map(({ help }) => help);
    for (const help of helps(stale)) {
      expect(help).toMatch(/\. Step 0 came before any learning: measured next at step 250\.$/);
    }
    const { config } = facts;
    const short = factsOf('run', {
      config: { ...config, training: { ...config.training, steps: 90 } },
    });
    for (const help of helps(stale, short)) expect(help).toMatch(/measured next at step 90\.$/);
    const later = [...stale, point(250, { validationLoss: 2 })];
    for (const points of [later, [...later, point(260, { loss: 1.9 })]]) {
      for (const help of helps(points)) expect(help).toMatch(/\. Measured at step 250\.$/);
    }
  });

  it('do not take what the untrained model wrote for what it writes now', () => {
    const sample = (step: number, lexiconShare: number) => ({
      step,
      prompt: '',
      text: 'tom has a hat.',
      temperature: 0.8,
      lexiconShare,
      sentenceShare: 0.5,
    });
    const words = (points: readonly MetricPoint[], ...samples: ReturnType<typeof sample>[]) =>
      measuresOf({ points, samples, facts }).find(({ label }) => label === 'Words');
    const untrained = words(stale.slice(0, 1), sample(0, 0));
    expect(untrained).toMatchObject({
      value: '0%',
      help: expect.stringMatching(/at step 0\.$/) as string,
    });
    expect(words(stale, sample(0, 0))).toMatchObject({
      value: '–',
      help: expect.stringMatching(
        /Step 0 came before any learning: measured next at step 250\.$/,
      ) as string,
    });
    expect(
      words([...stale, point(260, { loss: 2 })], sample(0, 0), sample(250, 0.9)),
    ).toMatchObject({
      value: '90%',
      help: expect.stringMatching(/Measured at step 250\.$/) as string,
    });
  });

  it('explain the unit and the letter that they use, as the lines beside them do', () => {
    const [loss] = measuresOf({ points: [], samples: [], facts: undefined });
    expect(loss?.help).toContain('one nat is 1.44 bits');
    expect(loss?.help).toContain('V different tokens');
    const lines = lossChartHelp({ uniform: 3.5, floor: 0.8 });
    expect(lines.find(({ label }) => label === 'Uniform')?.help).toContain(
      'V, which is how many different tokens there are',
    );
    expect(lines.find(({ label }) => label === 'Floor')?.help).toContain('nobody can foresee');
  });

  it('name the training loss where it stands in for that on other text', () => {
    const perplexity = measuresOf({ points: [point(10, { loss: 2 })], samples: [], facts }).find(
      ({ label }) => label === 'Perplexity',
    );
    expect(perplexity?.help).toContain('e to the power of the training loss');
  });

  it('are dashes before anything was measured', () => {
    expect(new Set(Object.values(shown([])))).toEqual(new Set(['–']));
  });
});
