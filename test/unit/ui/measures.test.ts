/**
 * @file Whether the numbers that judge a run are of text that it never trained on, where there are
 * such.
 */
import { describe, expect, it } from 'vitest';
import type { MetricPoint } from '../../../webview/formats/metrics';
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

  it('are dashes before anything was measured', () => {
    expect(new Set(Object.values(shown([])))).toEqual(new Set(['–']));
  });
});
