/** @file Which heads are open, and where a selection leads. */
import { describe, expect, it } from 'vitest';
import {
  headName,
  headOf,
  headsThatExist,
  layerName,
  shownMaps,
  toggleHead,
  type OpenHead,
} from '../../../../webview/ui/views/attention/shownMaps';
import { thumbnailsOf } from '../../../../webview/ui/views/attention/thumbnails';

const first = 'decoder.0.selfAttention.pattern';
const second = 'decoder.1.selfAttention.pattern';
const modules = [
  { path: first, heads: 2 },
  { path: second, heads: 2 },
];

const answer = {
  runId: 'r1',
  step: 7,
  tokens: [
    { id: 1, label: 'a' },
    { id: 2, label: 'b' },
  ],
  cropped: 0,
  modules,
  thumbnail: 1,
  thumbnails: [Uint8Array.from([10, 31]), Uint8Array.from([0, 255])],
  patterns: [Float32Array.from([1, 0, 0.5, 0.5])],
};

describe('open heads', () => {
  it('are as many as one asks for, but never none and at most four', () => {
    const one: OpenHead = { path: first, head: 0 };
    expect(toggleHead([one], one)).toEqual([one]);
    const five = [0, 1, 2, 3, 4].reduce<readonly OpenHead[]>(
      (open, head) => toggleHead(open, { path: second, head }),
      [],
    );
    expect(five.map(({ head }) => head)).toEqual([1, 2, 3, 4]);
  });

  it('of another model give way to its first', () => {
    expect(headsThatExist([{ path: second, head: 7 }], modules)).toEqual([
      { path: first, head: 0 },
    ]);
    const mean: OpenHead = { path: second, head: 'mean' };
    expect(headsThatExist([mean], modules)).toEqual([mean]);
    expect(headsThatExist([mean], [])).toEqual([]);
  });
});

describe('a selection', () => {
  it('of any value inside of an attention opens its head', () => {
    const path = 'decoder.1.selfAttention.weightedValues';
    expect(headOf(modules, { path, head: 1 })).toEqual({ path: second, head: 1 });
    expect(headOf(modules, { path, head: 9 })).toEqual({ path: second, head: 1 });
  });

  it('of a whole layer opens its attention, and of an MLP none', () => {
    expect(headOf(modules, { path: 'decoder.1' })).toEqual({ path: second, head: 0 });
    expect(headOf(modules, { path: 'decoder.1.mlp.output' })).toBeUndefined();
    expect(headOf(modules, { path: 'decoder.10' })).toBeUndefined();
  });
});

it('an answer is joined with what was asked for', () => {
  const shown = shownMaps(answer, [{ path: first, head: 1 }]);
  expect(shown.maps).toMatchObject([{ path: first, head: 1, weights: { size: 2, causal: true } }]);
  expect(shown.labels).toEqual(['a', 'b']);
  expect(shown.causal).toBe(true);
});

it('heads together have small pictures of their own', () => {
  const [row] = thumbnailsOf(shownMaps(answer, []));
  expect(row?.cells.map(({ head, bytes }) => [head, ...bytes])).toEqual([
    [0, 10],
    [1, 31],
    ['mean', 21],
    ['max', 31],
  ]);
});

it('places are named as a reader counts them', () => {
  expect(layerName(second)).toBe('Layer 1');
  expect(layerName('decoder.0.crossAttention.pattern')).toBe('Layer 0 (cross)');
  expect(headName({ path: first, head: 'max' })).toBe('Layer 0, maximum of the heads');
});
