/** @file Whether the names of reference lines can be read, and keys move a chart's cursor. */
import { describe, expect, it } from 'vitest';
import { keyTarget } from '../../../webview/ui/charts/keyTarget';
import { spreadLabels } from '../../../webview/ui/charts/spreadLabels';

describe('labels beside the lines', () => {
  it('stay where they belong while there is room', () => {
    expect(spreadLabels([20, 60, 100], 15, 200)).toEqual([20, 60, 100]);
  });

  it('move apart when lines lie close, in their order', () => {
    expect(spreadLabels([52, 50, 51], 15, 200)).toEqual([80, 50, 65]);
  });

  it('stay inside of the chart', () => {
    const placed = spreadLabels([1, 198, 199], 15, 200);
    expect(placed).toEqual([7.5, 177.5, 192.5]);
  });
});

describe('keys', () => {
  it.each([
    ['ArrowLeft', 49],
    ['ArrowRight', 51],
    ['PageUp', 60],
    ['Home', 0],
    ['End', 99],
    ['a', undefined],
  ])('%s at point 50 of 100 goes to %s', (key, target) => {
    expect(keyTarget(key, 50, 100)).toBe(target);
  });

  it('stop at both ends', () => {
    expect(keyTarget('ArrowLeft', 0, 10)).toBe(0);
    expect(keyTarget('PageUp', 9, 10)).toBe(9);
  });
});
