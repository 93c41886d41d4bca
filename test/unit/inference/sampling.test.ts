/** @file Which tokens may be drawn, by hand, and that draws follow their probabilities. */
import { describe, expect, it } from 'vitest';

import { defaultSampling } from '../../../webview/config/presets';
import { randomKey, uniform } from '../../../webview/config/random';
import type { SamplingConfig } from '../../../webview/config/sampling';
import { candidates, likeliest, pick, probabilities } from '../../../webview/inference/sampling';

/** Probabilities ½, ¼, ⅛ and ⅛, in another order than their size. */
const logits = Float32Array.from([1 / 8, 1 / 2, 1 / 8, 1 / 4], Math.log);

function drawn(change: Partial<SamplingConfig>, from = logits): [number, number][] {
  const sampling = { ...defaultSampling, temperature: 1, ...change };
  return candidates(from, sampling).map(({ token, probability }) => [
    token,
    Math.round(probability * 1e5) / 1e5,
  ]);
}

describe('the tokens that may be drawn', () => {
  it.each<[string, Partial<SamplingConfig>, [number, number][]]>([
    [
      'are all of them without a filter',
      {},
      [
        [0, 0.125],
        [1, 0.5],
        [2, 0.125],
        [3, 0.25],
      ],
    ],
    ['are the likeliest alone at temperature 0', { temperature: 0 }, [[1, 1]]],
    [
      'stay the likeliest alone at temperature 0, whatever top-k says',
      { temperature: 0, topK: 3 },
      [[1, 1]],
    ],
    [
      'are the k likeliest',
      { topK: 2 },
      [
        [1, 0.66667],
        [3, 0.33333],
      ],
    ],
    [
      'are the first of two equals where top-k cuts between them',
      { topK: 3 },
      [
        [1, 0.57143],
        [3, 0.28571],
        [0, 0.14286],
      ],
    ],
    [
      'are all where k is more than there are',
      { topK: 9 },
      [
        [1, 0.5],
        [3, 0.25],
        [0, 0.125],
        [2, 0.125],
      ],
    ],
    [
      'are the fewest that reach p',
      { topP: 0.7 },
      [
        [1, 0.66667],
        [3, 0.33333],
      ],
    ],
    ['are at least one', { topP: 0.01 }, [[1, 1]]],
    [
      'are those of p among the k that are left, whose shares are told anew',
      { topK: 2, topP: 0.6 },
      [[1, 1]],
    ],
    [
      'are those of p after the temperature',
      { temperature: 2, topP: 0.5 },
      [
        [1, 0.58579],
        [3, 0.41421],
      ],
    ],
    [
      'sharpen when it is cold',
      { temperature: 0.5 },
      [
        [0, 0.04545],
        [1, 0.72727],
        [2, 0.04545],
        [3, 0.18182],
      ],
    ],
  ])('%s', (_, change, want) => {
    expect(drawn(change)).toEqual(want);
  });

  it('include the one that reaches p exactly, and no more', () => {
    // Shares without a rounding error, unlike those of the logits above.
    expect(drawn({ topP: 0.5 }, Float32Array.of(0, 0))).toEqual([[0, 1]]);
    expect(drawn({ topP: 0.75 }, Float32Array.of(0, 0, 0, 0)).map(([token]) => token)).toEqual([
      0, 1, 2,
    ]);
  });

  it('leave out what underflows, and survive logits of any size', () => {
    const extreme = Float32Array.of(-3e38, 3e38, 1000);
    expect(drawn({}, extreme)).toEqual([[1, 1]]);
    expect(drawn({ temperature: 1e-4 })).toEqual([[1, 1]]);
    expect([...probabilities(Float32Array.of(1e4, 1e4))]).toEqual([0.5, 0.5]);
  });
});

describe('a draw', () => {
  it('falls on the token whose share it hits', () => {
    const from = [
      { token: 4, probability: 0.25 },
      { token: 7, probability: 0.75 },
    ];
    expect([0, 0.2499, 0.25, 0.9999].map((draw) => pick(from, draw))).toEqual([4, 4, 7, 7]);
    // Shares that round to a sum below one still end on the last token.
    expect(pick([{ token: 3, probability: 0.999 }], 0.9999)).toBe(3);
  });

  it('follows the probabilities: 20,000 draws lie within four deviations', () => {
    const counts = [0, 0, 0, 0];
    const draws = 20_000;
    const from = candidates(logits, { ...defaultSampling, temperature: 1 });
    const key = randomKey(1, 'sampling');
    for (let draw = 0; draw < draws; draw++) {
      const token = pick(from, uniform(key, draw));
      counts[token] = (counts[token] ?? 0) + 1;
    }
    [1 / 8, 1 / 2, 1 / 8, 1 / 4].forEach((share, token) => {
      const deviation = Math.sqrt(draws * share * (1 - share));
      expect(Math.abs((counts[token] ?? 0) - draws * share)).toBeLessThan(4 * deviation);
    });
  });

  it('that is greedy takes the first of several equals', () => {
    expect(likeliest(Float32Array.of(1, 3, 3, 2))).toBe(1);
    expect(likeliest(Float32Array.of(-5))).toBe(0);
  });
});
