/** @file Pixels of a map: each weight in its colour, nothing where nothing can be. */
import { describe, expect, it } from 'vitest';
import { colourOf, colourTable } from '../../../../webview/ui/heatmap/colours';
import { paintThumbnail, paintWeights } from '../../../../webview/ui/heatmap/raster';
import { scaleTops, weightsOf } from '../../../../webview/ui/heatmap/weights';

const table = colourTable('dark');
const paint = { table, broken: [229, 20, 0] } as const;

const pixel = (pixels: Uint8ClampedArray, at: number): number[] => [
  ...pixels.subarray(at * 4, at * 4 + 4),
];

const coloured = (share: number): number[] => [...colourOf(table, share), 255];

const clear = [0, 0, 0, 0];

describe('a map', () => {
  const weights = weightsOf(Float32Array.from([1, 0, 0.25, 0.75]), 2);

  it('has the colour of each weight, and none after the diagonal', () => {
    const { pixels } = paintWeights(weights, scaleTops(weights, 'map'), paint, 100);
    expect(pixel(pixels, 0)).toEqual(coloured(1));
    expect(pixel(pixels, 1)).toEqual(clear);
    expect(pixel(pixels, 2)).toEqual(coloured(0.25));
    expect(pixel(pixels, 3)).toEqual(coloured(0.75));
  });

  it('scaled by rows has the strongest colour in each', () => {
    const { pixels } = paintWeights(weights, scaleTops(weights, 'row'), paint, 100);
    expect(pixel(pixels, 3)).toEqual(coloured(1));
    expect(pixel(pixels, 2)).toEqual(coloured(1 / 3));
  });

  it('keeps a thin line where four cells share a pixel', () => {
    const size = 8;
    const values = new Float32Array(size * size).fill(0.01);
    values[5 * size + 6] = 1;
    const long = weightsOf(values, size);
    const { side, pixels } = paintWeights(long, scaleTops(long, 'map'), paint, 4.9);
    expect(side).toBe(4);
    expect(pixel(pixels, 2 * 4 + 3)).toEqual(coloured(1));
    expect(pixel(pixels, 0)).toEqual(coloured(0.01));
  });

  it('marks what is not a number, also beside numbers in one pixel', () => {
    const broken = weightsOf(Float32Array.from([NaN, 1, 1, 1]), 2);
    const { pixels } = paintWeights(broken, scaleTops(broken, 'map'), paint, 1);
    expect(pixel(pixels, 0)).toEqual([229, 20, 0, 255]);
  });

  it('of nothing but zeros is drawn', () => {
    const nothing = weightsOf(new Float32Array(4), 2);
    const { pixels } = paintWeights(nothing, scaleTops(nothing, 'map'), paint, 2);
    expect(pixel(pixels, 0)).toEqual(coloured(0));
  });
});

it('a small picture is as bright as its own largest weight', () => {
  const { pixels } = paintThumbnail(Uint8Array.from([51, 0, 0, 102]), 2, true, paint);
  expect(pixel(pixels, 3)).toEqual(coloured(1));
  expect(pixel(pixels, 0)).toEqual(coloured(0.5));
  expect(pixel(pixels, 1)).toEqual(clear);
});
