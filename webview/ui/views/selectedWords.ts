/** @file What the panel of the selected place says of it. Pure. */
import { formatCount } from '../../config/counts';
import type { Statistics } from '../../config/statistics';
import { formatDuration } from '../../formats/duration';
import { formatValue } from '../../formats/numbers';
import type { PlaceStatus, SeenNumbers, SelectedView } from '../../protocol/selectedView';
import { formatShare } from '../format';

/** `Layer 1, head 2, token 5`, counted from 0 as in the source; empty where there is none. */
export function placeWords({ layer, selection: { head, token } }: SelectedView): string {
  const words = [
    ...(layer === undefined ? [] : [`layer ${layer}`]),
    ...(head === undefined ? [] : [`head ${head}`]),
    ...(token === undefined ? [] : [`token ${token}`]),
  ].join(', ');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** Why there are no numbers; undefined where there are. */
export function whyNone(status: PlaceStatus): string | undefined {
  switch (status) {
    case 'no-run':
      return 'No values yet: train a model. The shape is that of the configuration.';
    case 'elsewhere':
      return 'This model has no such place.';
    case 'unseen':
      return 'Not looked at yet.';
    case 'seen':
      return undefined;
    default:
      return status satisfies never;
  }
}

/** `step 480, 3 s ago`; while nothing is trained the step alone. */
export function ageWords({ step, age }: SeenNumbers): string {
  const at = `step ${formatCount(step)}`;
  return age === undefined ? at : `${at}, ${formatDuration(age)} ago`;
}

/** A number of a summary, with the name that readers know and the letter of the lenses. */
export interface NamedNumber {
  readonly name: string;
  readonly value: string;
}

/** What matters of a value; of one number it alone. Empty where no number is finite. */
export function namedNumbers(statistics: Statistics, isOne: boolean): NamedNumber[] {
  const { mean, deviation, min, max, histogram } = statistics;
  if (histogram.length === 0) return [];
  if (isOne) return [{ name: 'Value', value: formatValue(mean) }];
  return [
    { name: 'Mean μ', value: formatValue(mean, deviation) },
    { name: 'Deviation σ', value: formatValue(deviation) },
    { name: 'Min', value: formatValue(min, max - min) },
    { name: 'Max', value: formatValue(max, max - min) },
  ];
}

/** How many numbers are none, marked; undefined where all are finite. */
export function nonFiniteWords({ nonFinite }: Statistics): string | undefined {
  return nonFinite === 0 ? undefined : `${formatCount(nonFinite)} NaN or ∞`;
}

/** Whether there is anything to draw: numbers that differ. */
export function hasBars({ histogram, min, max }: Statistics): boolean {
  return histogram.length > 0 && min < max;
}

/** What the bars show: the range, its fullest part, and where the middle half lies. */
export function histogramWords({ histogram, min, max }: Statistics): string {
  const all = histogram.reduce((sum, count) => sum + count, 0);
  const spread = max - min;
  const edge = (bin: number): string =>
    formatValue(min + (spread * bin) / histogram.length, spread);
  const fullest = histogram.indexOf(Math.max(...histogram));
  const share = formatShare((histogram[fullest] ?? 0) / all);
  const from = binReaching(histogram, all / 4);
  const to = binReaching(histogram, (all * 3) / 4) + 1;
  return [
    `Numbers from ${edge(0)} to ${edge(histogram.length)} in ${histogram.length} columns.`,
    `The fullest, from ${edge(fullest)} to ${edge(fullest + 1)}, holds ${share}.`,
    `The middle half lies from ${edge(from)} to ${edge(to)}.`,
  ].join(' ');
}

/** The first bin at whose end so many have been counted. */
function binReaching(histogram: readonly number[], wanted: number): number {
  let sum = 0;
  return histogram.findIndex((count) => (sum += count) >= wanted);
}
