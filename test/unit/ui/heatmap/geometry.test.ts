/** @file Where cells lie, which labels have room, where keys lead. */
import { describe, expect, it } from 'vitest';
import {
  cellAfter,
  cellAt,
  fittingCell,
  labelStep,
  scrollFor,
  seenRange,
  zoomSteps,
  type Layout,
} from '../../../../webview/ui/heatmap/geometry';

const layout: Layout = {
  size: 100,
  gutter: 50,
  cell: 20,
  width: 250,
  height: 250,
  left: 400,
  top: 30,
};

describe('a map that is scrolled', () => {
  it('knows the cell under the pointer', () => {
    expect(cellAt(layout, 50, 50)).toEqual({ query: 1, key: 20 });
    expect(cellAt(layout, 249, 60)).toEqual({ query: 2, key: 29 });
    expect(cellAt(layout, 49, 60)).toBeUndefined();
    expect(cellAt({ ...layout, left: 1990 }, 80, 60)).toBeUndefined();
  });

  it('draws only the rows that are seen, and scrolls as far as it must', () => {
    expect(seenRange(layout, 'query')).toEqual([1, 12]);
    expect(seenRange(layout, 'key')).toEqual([20, 30]);
    expect(scrollFor(layout, 'key', 25)).toBe(400);
    expect(scrollFor(layout, 'key', 30)).toBe(420);
    expect(scrollFor(layout, 'key', 3)).toBe(60);
  });
});

it('the whole map fits, and is enlarged until a token can be read', () => {
  expect(fittingCell(10, 600)).toBe(34);
  expect(fittingCell(100, 600)).toBe(6);
  expect(zoomSteps(6)).toBe(2);
  expect(zoomSteps(34)).toBe(0);
  expect(0.5 * 2 ** zoomSteps(0.5)).toBeGreaterThanOrEqual(18);
});

it('labels are thinned evenly, never closer than they can be read', () => {
  expect([34, 7, 3, 0.6].map((cell) => labelStep(cell, 13))).toEqual([1, 2, 5, 50]);
});

it('keys move the mark and stay on the map', () => {
  const at = { query: 5, key: 5 };
  expect(cellAfter('ArrowUp', false, at, 10)).toEqual({ query: 4, key: 5 });
  expect(cellAfter('End', false, at, 10)).toEqual({ query: 5, key: 9 });
  expect(cellAfter('Home', true, at, 10)).toEqual({ query: 0, key: 0 });
  expect(cellAfter('PageDown', false, { query: 9, key: 0 }, 10)).toEqual({ query: 9, key: 0 });
  expect(cellAfter('x', false, at, 10)).toBeUndefined();
});
