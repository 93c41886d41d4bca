/** @file What is read off a map by hand is what the page says. */
import { describe, expect, it } from 'vitest';
import { describeCell, describeMap, formatWeight } from '../../../../webview/ui/heatmap/reading';
import {
  entropyOf,
  scaleTops,
  strongestPairs,
  topKeys,
  weightsOf,
} from '../../../../webview/ui/heatmap/weights';

/** The first sees itself, the second both alike, the third mostly the first. */
const values = Float32Array.from([1, 0, 0, 0.5, 0.5, 0, 0.75, 0.125, 0.125]);
const causal = weightsOf(values, 3);
const labels = ['the', 'cat', 'sat'];

describe('a causal map', () => {
  it('is known by the half that nothing fills', () => {
    expect(causal.causal).toBe(true);
    expect(weightsOf(Float32Array.from([0.9, 0.1, 0.5, 0.5]), 2).causal).toBe(false);
    // One token sees itself with and without a mask.
    expect(weightsOf(Float32Array.from([1]), 1).causal).toBe(false);
  });

  it('names the keys that each token looks at, the largest first, and none that come later', () => {
    expect(topKeys(causal, 2, 2)).toEqual([
      { key: 0, weight: 0.75 },
      { key: 1, weight: 0.125 },
    ]);
    expect(topKeys(causal, 0, 5)).toEqual([{ key: 0, weight: 1 }]);
  });

  it('names its strongest pairs in order', () => {
    expect(strongestPairs(causal, 3)).toEqual([
      { query: 0, key: 0, weight: 1 },
      { query: 2, key: 0, weight: 0.75 },
      { query: 1, key: 0, weight: 0.5 },
    ]);
    expect(strongestPairs(causal, 99)).toHaveLength(6);
  });

  it('is scaled to its largest weight, or each row to its own', () => {
    expect([...scaleTops(causal, 'map')]).toEqual([1, 1, 1]);
    expect([...scaleTops(causal, 'row')]).toEqual([1, 0.5, 0.75]);
  });

  it('knows how undecided a token is', () => {
    expect(entropyOf(causal, 0)).toBe(0);
    expect(entropyOf(causal, 1)).toBeCloseTo(1);
    // ¾ log₂ 4/3 + 2 · ⅛ log₂ 8
    expect(entropyOf(causal, 2)).toBeCloseTo(0.75 * Math.log2(4 / 3) + 0.75);
  });
});

describe('a map in words', () => {
  it('says a cell, and that what comes later cannot be seen', () => {
    expect(describeCell(causal, labels, { query: 2, key: 0 })).toBe(
      '“sat” (2) looks at “the” (0) with weight 0.750.',
    );
    expect(describeCell(causal, labels, { query: 0, key: 2 })).toBe(
      '“the” (0) cannot look at “sat” (2): it comes later.',
    );
  });

  it('says that a model has diverged, in place of numbers', () => {
    const broken = weightsOf(Float32Array.from([1, 0, NaN, NaN]), 2);
    expect(describeMap(broken, labels)).toBe(
      '2 of 4 weights are not numbers: the model has diverged.',
    );
    expect(formatWeight(NaN)).toBe('not a number');
  });

  it('counts its tokens as one would', () => {
    expect(describeMap(causal, labels)).toMatch(/^3 tokens look at each other\. /);
    expect(describeMap(weightsOf(Float32Array.of(1), 1), labels)).toMatch(
      /^One token looks at itself\. /,
    );
  });

  it('calls nothing 0 that is not', () => {
    expect([0, 0.0001, 0.0005, 1].map(formatWeight)).toEqual([
      '0.000',
      '< 0.001',
      '0.001',
      '1.000',
    ]);
  });
});
