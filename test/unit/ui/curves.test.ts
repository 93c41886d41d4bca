/** @file Whether a chart says in words and ranges what its curves hold. */
import { describe, expect, it } from 'vitest';
import {
  describeChart,
  describePoint,
  nearestIndex,
  tableRows,
  valueAt,
  yRange,
  type ChartData,
} from '../../../webview/ui/charts/curves';
import { formatMeasure } from '../../../webview/ui/format';

const data: ChartData = {
  xLabel: 'Step',
  yLabel: 'Loss (nats per token)',
  x: [0, 10, 20],
  curves: [
    { label: 'training', colour: 'blue', dash: [], values: [3.4, 2.5, 2.1] },
    { label: 'validation', colour: 'yellow', dash: [6, 4], values: [3.5, null, null] },
  ],
  references: [{ label: 'uniform', colour: 'red', dash: [2, 2], value: 3.4, help: '' }],
};

describe('a chart in words', () => {
  it('gives the latest value of each curve and where it was measured', () => {
    expect(describeChart(data, formatMeasure)).toBe(
      'Loss (nats per token): training 2.100 at step 20, validation 3.500 at step 0. ' +
        'Reference lines: uniform 3.400.',
    );
  });

  it('groups the thousands of its steps, as the legend does', () => {
    const long = { ...data, x: [0, 1000, 2000] };
    expect(describeChart(long, formatMeasure)).toContain('training 2.100 at step 2,000,');
  });

  it('says that there are no points yet', () => {
    expect(describeChart({ ...data, x: [], curves: [] }, formatMeasure)).toContain('no points yet');
  });
});

describe('a point in words', () => {
  it('says of a value that is older than the point when it was measured', () => {
    expect(describePoint(data, 2, formatMeasure)).toBe(
      'Step 20: training 2.100, validation 3.500 at step 0',
    );
    expect(describePoint(data, 0, formatMeasure)).toBe('Step 0: training 3.400, validation 3.500');
  });

  it('leaves out a curve that has no value yet', () => {
    const late = { ...data, curves: [{ ...data.curves[1], values: [null, null, 2] }] };
    expect(describePoint(late as ChartData, 1, formatMeasure)).toBe('Step 10: ');
  });
});

describe('the value under the cursor', () => {
  it('is the last one measured before, where the point itself has none', () => {
    expect(valueAt([3.5, null, null], 2)).toEqual({ index: 0, value: 3.5 });
    expect(valueAt([null, null], 1)).toBeUndefined();
  });
});

describe('the y axis', () => {
  it('holds every curve and reference line, and never starts below zero for losses', () => {
    const [low, high] = yRange({
      curves: [{ label: '', colour: 'blue', dash: [], values: [0.01, 2, null] }],
      references: [{ label: '', colour: 'red', dash: [], value: 4, help: '' }],
    });
    expect(low).toBe(0);
    expect(high).toBeGreaterThan(4);
  });

  it('leaves out what is not a number', () => {
    const curve = {
      label: '',
      colour: 'blue' as const,
      dash: [],
      values: [1, Number.NaN, Infinity],
    };
    const [low, high] = yRange({ curves: [curve], references: [] });
    expect([low, high].every(Number.isFinite)).toBe(true);
  });

  it('stands without any point', () => {
    expect(yRange({ curves: [], references: [] })).toEqual([0, 1]);
  });
});

describe('the table of a chart', () => {
  it('spreads its rows and ends with the newest point', () => {
    expect(tableRows(1000, 5)).toEqual([0, 250, 500, 749, 999]);
    expect(tableRows(3, 20)).toEqual([0, 1, 2]);
  });
});

it.each([
  [0, 0],
  [4, 0],
  [6, 1],
  [10, 1],
  [16, 2],
  [20, 2],
  [-1, undefined],
  [21, undefined],
])('keeps a cursor at %i on the nearest point of the axis: %s', (at, index) => {
  expect(nearestIndex([0, 10, 20], at)).toBe(index);
});

it('has no point for a cursor on an empty axis', () => {
  expect(nearestIndex([], 0)).toBeUndefined();
});
