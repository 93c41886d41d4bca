/** @file Curves survive the disk: NaN, later fields, a file cut off in the middle. */
import { describe, expect, it } from 'vitest';
import { readMetrics, readSamples, writeLines } from '../../../webview/formats/metrics';
import type { MetricPoint } from '../../../webview/formats/metrics';
import { decodeNumber, encodeNumber, isNonFiniteName } from '../../../webview/formats/nonFinite';

const point: MetricPoint = {
  step: 10,
  time: 1234.5,
  loss: 2.5,
  learningRate: 0.001,
  gradientNorm: 0.7,
  tokens: 2560,
};

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('metrics', () => {
  it('come back as they were written, explosions too', () => {
    const points = [
      point,
      { ...point, step: 11, loss: NaN, validationLoss: Infinity, gradientNorm: -Infinity },
    ];
    const part = writeLines(points);
    expect(new TextDecoder().decode(part)).toContain('"loss":"NaN","learningRate"');
    expect(readMetrics(part)).toEqual({ lines: points, damaged: 0 });
  });

  it('lose at most the last line when the file is cut anywhere', () => {
    const part = writeLines([point, { ...point, step: 11 }, { ...point, step: 12 }]);
    for (let length = 0; length <= part.length; length += 1) {
      const cut = part.subarray(0, length);
      const whole = cut.filter((byte) => byte === 10).length;
      const { lines, damaged } = readMetrics(cut);
      expect(lines.length).toBeGreaterThanOrEqual(whole);
      expect(lines.length + damaged).toBeLessThanOrEqual(whole + 1);
      expect(lines.map(({ step }) => step)).toEqual([10, 11, 12].slice(0, lines.length));
    }
  });

  it('keep the fields of a later version', () => {
    const line = JSON.stringify({ ...point, attentionEntropy: 1.5 });
    expect(readMetrics(bytes(line)).lines[0]).toMatchObject({ attentionEntropy: 1.5 });
  });

  it.each([
    '{}',
    'null',
    '[1]',
    '{"step":-1}',
    JSON.stringify({ ...point, loss: 'high' }),
    '\u0000',
  ])('count %s as damaged instead of drawing it', (line) => {
    const text = `${line}\n${JSON.stringify(point)}\r\n\n`;
    expect(readMetrics(bytes(text))).toEqual({ lines: [point], damaged: 1 });
  });
});

describe('samples', () => {
  it('come back with their line breaks', () => {
    const sample = { step: 5, prompt: 'The', text: ' "fox"\n\u2028jumps 🦊', temperature: 0.8 };
    expect(readSamples(writeLines([sample, { ...sample, lexiconShare: 0.5 }]))).toEqual({
      lines: [sample, { ...sample, lexiconShare: 0.5 }],
      damaged: 0,
    });
  });
});

describe('numbers without a word in JSON', () => {
  it('are the same after the way there and back', () => {
    for (const value of [0, -0.5, 1e308, NaN, Infinity, -Infinity]) {
      const carried = JSON.parse(JSON.stringify(encodeNumber(value))) as number | 'NaN';
      expect(decodeNumber(carried)).toBe(value);
    }
    expect(isNonFiniteName('NaN')).toBe(true);
    expect(isNonFiniteName('nan')).toBe(false);
  });
});
