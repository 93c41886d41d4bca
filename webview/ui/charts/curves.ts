/**
 * @file What a line chart is given: curves, horizontal lines to compare with, their colours and
 * units. Types and pure functions.
 */
import { formatCount } from '../../config/counts';
import type { Column } from './decimate';

/**
 * Colours that every VS Code theme defines for charts and that all draw opaque: orange is neither.
 */
export type ChartColour = 'blue' | 'green' | 'purple' | 'red' | 'yellow' | 'foreground';

/**
 * How a line differs from the others without its colour: lengths of strokes and gaps in CSS pixels.
 */
export type Dash = readonly number[];

export interface Curve {
  readonly label: string;
  readonly colour: ChartColour;
  readonly dash: Dash;
  /** One value a point of the chart's x axis. */
  readonly values: Column;
  /** Few values, joined across the points that have none and marked with dots. */
  readonly sparse?: boolean;
}

/** A horizontal line to compare with. */
export interface ReferenceLine {
  readonly label: string;
  readonly colour: ChartColour;
  readonly dash: Dash;
  readonly value: number;
  /** What the line says, in a sentence. */
  readonly help: string;
}

/** A vertical line at a point of the x axis: something happened there. */
export interface Mark {
  readonly x: number;
  /** What happened, as the end of a sentence. */
  readonly text: string;
}

export interface ChartData {
  readonly xLabel: string;
  readonly yLabel: string;
  /** Ascending. */
  readonly x: readonly number[];
  readonly curves: readonly Curve[];
  readonly references: readonly ReferenceLine[];
  /** Ascending; the chart numbers them, and lists what they say. */
  readonly marks?: readonly Mark[];
  /** The point of the x axis that all of the page is about. */
  readonly now?: number;
}

/** The last value of a column, with the index of its point. */
export function lastValue(values: Column): { index: number; value: number } | undefined {
  return valueAt(values, values.length - 1);
}

/** Index of the point nearest to `at` on an ascending axis; undefined off the axis. */
export function nearestIndex(x: readonly number[], at: number): number | undefined {
  const last = x.length - 1;
  if (at < (x[0] ?? Infinity) || at > (x[last] ?? -Infinity)) return undefined;
  let low = 0;
  let high = last;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((x[middle] ?? Infinity) < at) low = middle + 1;
    else high = middle;
  }
  const below = x[low - 1];
  const above = x[low] ?? Infinity;
  return below !== undefined && at - below < above - at ? low - 1 : low;
}

/** The value of a column at a point, or the nearest earlier one. */
export function valueAt(
  values: Column,
  index: number,
): { index: number; value: number } | undefined {
  for (let at = Math.min(index, values.length - 1); at >= 0; at -= 1) {
    const value = values[at] ?? null;
    if (value !== null) return { index: at, value };
  }
  return undefined;
}

/** What a curve says at a point of the chart. */
export interface Reading {
  readonly curve: Curve;
  readonly value: number;
  /** Where on the x axis it was measured. */
  readonly x: number;
  /** It was measured before the point that it is read at. */
  readonly earlier: boolean;
}

/** What the curves say at a point; undefined for one that has said nothing yet. */
export function readingsAt({ x, curves }: ChartData, index: number): (Reading | undefined)[] {
  return curves.map((curve) => {
    const found = valueAt(curve.values, index);
    const at = found === undefined ? undefined : x[found.index];
    return found === undefined || at === undefined
      ? undefined
      : { curve, value: found.value, x: at, earlier: found.index < index };
  });
}

/** The readings at a point in words; what was measured earlier says when. */
export function describePoint(
  data: ChartData,
  index: number,
  format: (value: number) => string,
): string {
  const values = readingsAt(data, index).flatMap((reading) => {
    if (reading === undefined) return [];
    const { curve, value, x, earlier } = reading;
    const when = earlier ? ` at ${data.xLabel.toLowerCase()} ${formatCount(x)}` : '';
    return [`${curve.label} ${format(value)}${when}`];
  });
  return `${data.xLabel} ${formatCount(data.x[index] ?? 0)}: ${values.join(', ')}`;
}

/**
 * The y axis: what the curves and the references reach, a little wider. References far above what
 * is learned (a uniform guess among 100,000 tokens) still show, since the first loss lies there.
 */
export function yRange(data: Pick<ChartData, 'curves' | 'references'>): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  const take = (value: number | null): void => {
    if (value === null || !Number.isFinite(value)) return;
    low = Math.min(low, value);
    high = Math.max(high, value);
  };
  for (const curve of data.curves) curve.values.forEach(take);
  for (const reference of data.references) take(reference.value);
  if (low > high) return [0, 1];
  const margin = (high - low || Math.abs(high) || 1) * 0.05;
  return [low >= 0 ? Math.max(0, low - margin) : low - margin, high + margin];
}

/** A sentence with the latest values: the chart for those who do not see it. */
export function describeChart(data: ChartData, format: (value: number) => string): string {
  if (data.x.length === 0) return `${data.yLabel}: no points yet.`;
  const curves = data.curves.flatMap((curve) => {
    const last = lastValue(curve.values);
    const x = last === undefined ? undefined : data.x[last.index];
    return last === undefined || x === undefined
      ? []
      : [`${curve.label} ${format(last.value)} at ${data.xLabel.toLowerCase()} ${formatCount(x)}`];
  });
  const references = data.references.map(({ label, value }) => `${label} ${format(value)}`);
  const lines = references.length > 0 ? ` Reference lines: ${references.join(', ')}.` : '';
  const marks = (data.marks ?? []).map((mark) => ` ${describeMark(data, mark)}.`);
  return `${data.yLabel}: ${curves.join(', ')}.${lines}${marks.join('')}`;
}

/** A mark in words: “Step 1,250: layer 1, head 3 became an induction head”. */
export function describeMark({ xLabel }: Pick<ChartData, 'xLabel'>, { x, text }: Mark): string {
  return `${xLabel} ${formatCount(x)}: ${text}`;
}

/** Indices of at most `rows` points for the table of a chart: evenly spread, the last included. */
export function tableRows(length: number, rows: number): number[] {
  if (length <= rows) return Array.from({ length }, (_, index) => index);
  return Array.from({ length: rows }, (_, row) => Math.round((row * (length - 1)) / (rows - 1)));
}
