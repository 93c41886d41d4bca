/** @file The loss chart's data: curves of the run and the lines to compare them with. Pure. */
import type { MetricPoint } from '../../formats/metrics';
import type { RunFacts } from '../../protocol/engineApi';
import type { RoleGained } from '../../protocol/moments';
import type { ChartData, ReferenceLine } from '../charts/curves';
import { gainedMarks } from './gainedMarks';

/** The losses of a step. */
export type LossPoint = Pick<MetricPoint, 'step' | 'validationLoss'> & Partial<MetricPoint>;

/** Curves and reference lines for the points so far, and what the heads became meanwhile. */
export function lossChart(
  points: readonly LossPoint[],
  baselines: RunFacts['baselines'] | undefined,
  gained: readonly RoleGained[] = [],
): ChartData {
  const column = (value: (point: LossPoint) => number | undefined): (number | null)[] =>
    points.map((point) => value(point) ?? null);
  return {
    xLabel: 'Step',
    yLabel: 'Loss (nats per token)',
    x: points.map(({ step }) => step),
    curves: [
      {
        label: 'Training',
        colour: 'blue',
        dash: [],
        values: column(({ loss }) => loss),
      },
      {
        label: 'Validation',
        colour: 'yellow',
        dash: [7, 4],
        values: column(({ validationLoss }) => validationLoss),
        sparse: true,
      },
    ],
    references: baselines === undefined ? [] : referenceLines(baselines),
    marks: gainedMarks(gained),
  };
}

/** What each line to compare with says. */
export function lossChartHelp(
  baselines: RunFacts['baselines'] | undefined,
): Pick<ReferenceLine, 'label' | 'help'>[] {
  return baselines === undefined ? [] : referenceLines(baselines);
}

function referenceLines(baselines: RunFacts['baselines']): ReferenceLine[] {
  const lines: (Omit<ReferenceLine, 'value'> & { value: number | undefined })[] = [
    {
      label: 'Uniform',
      value: baselines.uniform,
      colour: 'foreground',
      dash: [2, 3],
      help: 'Blind guessing, with every token equally likely: ln V, the natural logarithm of V, which is how many different tokens there are. An untrained model starts here.',
    },
    {
      label: 'Bigram',
      value: baselines.bigram,
      colour: 'purple',
      dash: [10, 4],
      help: 'The loss of a table that counts which token follows which, and guesses from the last token alone. A model below this line uses more than the last token.',
    },
    {
      label: 'Trigram',
      value: baselines.trigram,
      colour: 'purple',
      dash: [10, 3, 2, 3],
      help: 'The same with the last two tokens. On a short text most triples are too rare to count, and this line can lie above that of the bigram.',
    },
    {
      label: 'Floor',
      value: baselines.floor,
      colour: 'green',
      dash: [4, 2],
      help: 'The chance that is in the stories (their entropy): they are made by rules that roll dice, and nobody can foresee the dice. On stories that it has not seen, no model can do better, except one whose mask is off: it sees the tokens that it is to guess. A trained model stays a little above: it reads windows that start in the middle of a story, and misses what came before.',
    },
  ];
  return lines.flatMap(({ value, ...line }) =>
    value === undefined || !Number.isFinite(value) ? [] : [{ ...line, value }],
  );
}
