/** @file Selected places as a host would tell them, for the playground's page. Pure. */
import type { Statistics } from '../../../webview/config/statistics';
import type { SelectedView } from '../../../webview/protocol/selectedView';
import type { Selection } from '../../../webview/protocol/selection';

const path = 'decoder.1.selfAttention.pattern';

/** Of shares: most are near 0, a few near 1. */
const shares: Statistics = {
  mean: 0.0156,
  deviation: 0.0481,
  min: 0,
  max: 0.96,
  nonFinite: 0,
  histogram: Array.from({ length: 24 }, (_, bin) => Math.round(9000 * Math.exp(-bin / 1.6))),
};

/** A bell around 0. */
const bell: Statistics = {
  mean: 2.1e-9,
  deviation: 3.4e-6,
  min: -1.2e-5,
  max: 1.2e-5,
  nonFinite: 0,
  histogram: Array.from({ length: 24 }, (_, bin) =>
    Math.round(4000 * Math.exp(-((bin - 11.5) ** 2) / 18)),
  ),
};

const pattern: SelectedView = {
  selection: { path, head: 2, token: 5 },
  title: 'Attention pattern',
  layer: 1,
  explanation: 'The scores of each query turned into shares that sum to one.',
  axes: [
    { name: 'batch', size: 4 },
    { name: 'head', size: 4 },
    { name: 'query', size: 64 },
    { name: 'key', size: 64 },
  ],
  isAttention: true,
  status: 'seen',
  value: { statistics: shares, step: 2480, age: 3200 },
  gradient: { statistics: bell, step: 2460, age: 9800 },
};

const surprise: SelectedView = {
  selection: { path: 'surprise' },
  title: 'Surprise',
  explanation:
    'How surprised the model is by the token that really came: 0 if it was certain of it, large if it held it unlikely.',
  axes: [
    { name: 'batch', size: 4 },
    { name: 'position', size: 64 },
  ],
  isAttention: false,
  status: 'seen',
  value: { statistics: { ...shares, mean: 1.31, deviation: 0.9, max: 6.2 }, step: 2480 },
};

const loss: SelectedView = {
  selection: { path: 'loss' },
  title: 'Loss',
  explanation: 'The average surprise over all places of the batch.',
  axes: [],
  isAttention: false,
  status: 'seen',
  value: {
    statistics: { mean: 1.31, deviation: 0, min: 1.31, max: 1.31, nonFinite: 0, histogram: [1] },
    step: 2480,
  },
};

/** What the tests select, by what is particular of it. */
export const selectedViews = {
  pattern,
  loss,
  surprise,
  noRun: {
    selection: { path },
    title: pattern.title,
    layer: 1,
    explanation: pattern.explanation,
    axes: [{ name: 'batch' }, { name: 'head', size: 4 }, { name: 'query' }, { name: 'key' }],
    isAttention: true,
    status: 'no-run',
  },
  elsewhere: {
    selection: { path: 'decoder.5.selfAttention.pattern' },
    title: pattern.title,
    layer: 5,
    explanation: pattern.explanation,
    axes: [],
    isAttention: true,
    status: 'elsewhere',
  },
  broken: {
    ...pattern,
    value: { statistics: { ...shares, nonFinite: 12 }, step: 2480 },
    gradient: { statistics: { ...bell, nonFinite: 65_536, histogram: [] }, step: 2480 },
  },
} as const satisfies Record<string, SelectedView>;

export type SelectedExample = keyof typeof selectedViews;

/** What the page is told of a place that it has selected itself. */
export function viewOf(selection: Selection): SelectedView {
  const known = Object.values(selectedViews).find((view) => view.selection.path === selection.path);
  return { ...(known ?? pattern), selection };
}
