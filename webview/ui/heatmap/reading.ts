/** @file What a map says in words: for the line under it, and for those who do not see it. Pure. */
import { beginningOf } from '../../config/cut';
import { formatCount } from '../../config/counts';
import {
  countNotANumber,
  strongestPairs,
  topKeys,
  visibleKeys,
  weightAt,
  type Cell,
  type Weights,
} from './weights';

/** A weight as a reader wants it: three decimals, and no 0 that is not one. */
export function formatWeight(weight: number): string {
  if (Number.isNaN(weight)) return 'not a number';
  if (weight > 0 && weight < 0.0005) return '< 0.001';
  return weight.toFixed(3);
}

/** Letters of a token that an axis or a column has room for. */
const longestLabel = 9;

/** A token where there is little room: of a long one its beginning. */
export function shortLabel(label: string): string {
  return label.length > longestLabel ? `${beginningOf(label, longestLabel - 1)}…` : label;
}

/** A token in its place, `“cat” (5)`; places are counted from 0 as in the source. */
export function nameToken(labels: readonly string[], index: number): string {
  return `“${labels[index] ?? ''}” (${index})`;
}

/** What a cell says. */
export function describeCell(weights: Weights, labels: readonly string[], cell: Cell): string {
  const query = nameToken(labels, cell.query);
  const key = nameToken(labels, cell.key);
  if (cell.key >= visibleKeys(weights, cell.query)) {
    return `${query} cannot look at ${key}: it comes later.`;
  }
  return `${query} looks at ${key} with weight ${formatWeight(weightAt(weights, cell))}.`;
}

/** A row in a sentence: where its query looks most. */
export function describeRow(weights: Weights, labels: readonly string[], query: number): string {
  const most = topKeys(weights, query, 3).map(
    ({ key, weight }) => `${nameToken(labels, key)} ${formatWeight(weight)}`,
  );
  return `${nameToken(labels, query)} looks most at ${most.join(', ')}.`;
}

/** A map in a sentence or two. */
export function describeMap(weights: Weights, labels: readonly string[]): string {
  const broken = countNotANumber(weights);
  if (broken > 0) {
    return `${formatCount(broken)} of ${formatCount(weights.values.length)} weights are not numbers: the model has diverged.`;
  }
  const [first] = strongestPairs(weights, 1);
  const strongest =
    first === undefined
      ? ''
      : ` The largest weight is ${formatWeight(first.weight)}, from ${nameToken(labels, first.query)} to ${nameToken(labels, first.key)}.`;
  const mask = weights.causal ? ' No token sees what comes after it.' : '';
  const who =
    weights.size === 1
      ? 'One token looks at itself.'
      : `${formatCount(weights.size)} tokens look at each other.`;
  return `${who}${strongest}${mask}`;
}
