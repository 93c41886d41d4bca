/** @file What lenses and hovers say of a trace point: shape, numbers, age, histogram. */
import { describe, expect, it, vi } from 'vitest';
import { firstSentence, openingSentence } from '../../../../extension/source/firstSentence';
import { histogramText } from '../../../../extension/source/histogram';
import { formatMany, formatValue } from '../../../../webview/formats/numbers';
import {
  axesText,
  numbersText,
  shapeText,
  type ShownPoint,
} from '../../../../extension/source/pointText';
import { defaultPreset } from '../../../../webview/config/presets';
import type { Statistics } from '../../../../webview/config/statistics';
import { indexedModel } from '../../support/modelSource';

vi.mock('vscode', () => import('../../support/vscode'));

const { records } = await indexedModel();
const resting = { now: 10_000, isTraining: false };
const training = { now: 10_000, isTraining: true };
const configured = defaultPreset.config.model;
const path = 'decoder.0.selfAttention.pattern';

function pointOf(id: string, point: Partial<ShownPoint> = {}): ShownPoint {
  const record = records.find((each) => each.id === id);
  if (record === undefined) throw new Error(`There is no ${id}.`);
  return { record, path, hasRun: false, configured, seen: {}, ...point };
}

function seen(statistics: Partial<Statistics>): Partial<ShownPoint> {
  const all = { mean: 0, deviation: 1, min: -1, max: 1, nonFinite: 0, histogram: [1, 2] };
  const value = { statistics: { ...all, ...statistics }, step: 480, time: 7000 };
  return { seen: { value } };
}

const run = (shape: readonly number[]): Partial<ShownPoint> => ({
  hasRun: true,
  described: {
    path,
    axes: ['batch', 'head', 'query', 'key'],
    shape,
    flops: 0,
    bytes: 0,
    parameters: 0,
  },
});

describe('a shape', () => {
  it('is symbolic before any run, but for what the configuration decides', () => {
    expect(shapeText(pointOf('attention.pattern'))).toBe('batch × head 4 × query × key');
    expect(shapeText(pointOf('unembed.logits'))).toBe('batch × position × vocab');
    const wider = { configured: { ...configured, heads: 8 } };
    expect(shapeText(pointOf('attention.pattern', wider))).toBe('batch × head 8 × query × key');
  });

  it('is the run’s, once there is one', () => {
    const point = pointOf('attention.pattern', run([4, 4, 64, 64]));
    expect(shapeText(point)).toBe('batch 4 × head 4 × query 64 × key 64');
    expect(axesText(point)).toContain('query 64: which token looks');
  });

  it('of the loss is one number', () => {
    expect(shapeText(pointOf('loss.loss'))).toBe('one number');
  });
});

describe('numbers', () => {
  it('are missing before a run, before the first look, and in a model without the place', () => {
    expect(numbersText(pointOf('attention.pattern'), resting)).toBe('no values yet: train a model');
    const inRun = pointOf('attention.pattern', run([1, 1, 1, 1]));
    expect(numbersText(inRun, training)).toBe('not looked at yet');
    const without = pointOf('attention.queries', { hasRun: true });
    expect(numbersText(without, training)).toBe('not in this model');
    const flat = pointOf('attention.pattern', { configured: { ...configured, layers: 0 } });
    expect(numbersText(flat, resting)).toBe('not in this model');
  });

  it('have their age while training goes on, and only their step while it rests', () => {
    const point = pointOf('attention.pattern', seen({ mean: 0.0156, deviation: 1.02 }));
    expect(numbersText(point, training)).toBe('μ 0.02 σ 1.02 · step 480, 3 s ago');
    expect(numbersText(point, resting)).toBe('μ 0.02 σ 1.02 · step 480');
  });

  it('that are not finite are counted, beside the others or where there is no other', () => {
    const some = pointOf('attention.pattern', seen({ nonFinite: 3 }));
    expect(numbersText(some, resting)).toBe('⚠ 3 NaN or ∞ · μ 0.00 σ 1.00 · step 480');
    const all = pointOf('attention.pattern', seen({ nonFinite: 65_536, histogram: [] }));
    expect(numbersText(all, resting)).toBe('⚠ 65,536 NaN or ∞ · step 480');
  });

  it('that are one are told as one', () => {
    const loss = pointOf('loss.loss', seen({ mean: 2.305, deviation: 0 }));
    expect(numbersText(loss, resting)).toBe('= 2.31 · step 480');
  });
});

describe('a number', () => {
  it.each([
    [0, 0, '0.00'],
    [-1.02, 0, '−1.02'],
    [3e-9, 1, '0.00'],
    [3e-9, 0, '3.0e-9'],
    [12.34, 0, '12.3'],
    [512, 0, '512'],
    [1.5e6, 0, '1.5e+6'],
  ])('%d beside a spread of %d is %s', (value, spread, text) => {
    expect(formatValue(value, spread)).toBe(text);
  });

  it.each([
    [0, '0'],
    [950, '950'],
    [12_345, '12.3 k'],
    [1_240_000, '1.24 M'],
    [999_700, '1 M'],
    [1000, '1 k'],
  ])('of many, %d, is %s', (count, text) => {
    expect(formatMany(count)).toBe(text);
  });
});

describe('a histogram', () => {
  it('tells a bin with one value from an empty one, and fills the highest', () => {
    expect(histogramText([1, 0, 500, 1000])).toBe('▁\u00a0▄█');
    expect(histogramText([])).toBe('');
  });
});

describe('the first sentence of a file', () => {
  it.each([
    ['/** @file A map of\n * a vector. It is\n * affine. */', 'A map of a vector'],
    [
      '/**\n * @file Attention (Vaswani et al., 2017): each\n * token looks. */',
      'Attention (Vaswani et al., 2017): each token looks',
    ],
    ['/** @file What it is.\n *\n * More. */', 'What it is'],
    ['const x = 1;', ''],
  ])('of %j', (text, sentence) => {
    expect(firstSentence(text)).toBe(sentence);
  });
});

describe('the first sentence of an explanation', () => {
  it.each([
    [
      'Is `x` of [LayerNorm](https://example.org/a.b), *small*. It is.',
      'Is x of LayerNorm, small.',
    ],
    [
      'An average (Ba et al., 2016) of 0.5 and more. Then',
      'An average (Ba et al., 2016) of 0.5 and more.',
    ],
    ['A fragment', 'A fragment'],
  ])('of %j', (text, sentence) => {
    expect(openingSentence(text)).toBe(sentence);
  });
});
