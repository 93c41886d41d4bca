/** @file What a moment shows: its curve, its patterns, what would come next. Pure. */
import { formatCount } from '../../../../config/counts';
import type { Moment, MomentSummary, RoleGained } from '../../../../protocol/moments';
import type { ChartData } from '../../../charts/curves';
import { formatMeasure } from '../../../format';
import { weightsOf, type Weights } from '../../../heatmap/weights';
import { lossChart, type LossPoint } from '../../lossChart';
import type { OpenHead } from '../shownMaps';

/**
 * The losses at the moments, each at the step that it is of, with what the heads became and the
 * moment that is shown.
 */
export function momentChart(
  kept: readonly MomentSummary[],
  gained: readonly RoleGained[],
  now: number | undefined,
): ChartData {
  const points = new Map<number, LossPoint>();
  const add = (point: LossPoint): void => {
    points.set(point.step, { ...points.get(point.step), ...point });
  };
  for (const { step, trainingLoss, validationLoss } of kept) {
    if (trainingLoss) add({ step: trainingLoss.step, loss: trainingLoss.value });
    add({ step, ...(validationLoss !== undefined && { validationLoss }) });
  }
  const inOrder = [...points.values()].sort((a, b) => a.step - b.step);
  const chart = lossChart(inOrder, undefined, gained);
  // Few points, and each of one curve only: each is a dot.
  const curves = chart.curves.map((curve) => ({ ...curve, sparse: true }));
  return { ...chart, curves, ...(now !== undefined && { now }) };
}

/** `Step 1,250: validation 1.520, training 1.402 at step 1,248` */
export function momentText({ step, trainingLoss, validationLoss }: MomentSummary): string {
  const losses = [
    ...(validationLoss === undefined ? [] : [`validation ${formatMeasure(validationLoss)}`]),
    ...(trainingLoss === undefined
      ? []
      : [
          `training ${formatMeasure(trainingLoss.value)} at step ${formatCount(trainingLoss.step)}`,
        ]),
  ];
  return `Step ${formatCount(step)}${losses.length > 0 ? `: ${losses.join(', ')}` : ''}`;
}

/** The pattern of a head, as bytes. [query × key] */
export function patternOf(
  { modules, patterns, cells }: Moment,
  { path, head }: OpenHead,
): Uint8Array | undefined {
  const at = modules.findIndex((module) => module.path === path);
  const area = cells * cells;
  if (typeof head !== 'number') return undefined;
  return patterns[at]?.subarray(head * area, (head + 1) * area);
}

/** The head if the moment has it, or its first. */
export function headIn({ modules }: Moment, wanted: OpenHead | undefined): OpenHead | undefined {
  const [first] = modules;
  const isThere =
    typeof wanted?.head === 'number' && modules.some(({ path }) => path === wanted.path);
  return isThere ? wanted : first && { path: first.path, head: 0 };
}

/** A pattern in weights: in steps of 1/255. */
export function momentWeights(bytes: Uint8Array, cells: number): Weights {
  return weightsOf(
    Float32Array.from(bytes, (byte) => byte / 255),
    cells,
  );
}

/** Labels of the cells; of one that stands for several tokens, that of its first. */
export function cellLabels({ tokens, cells }: Pick<Moment, 'tokens' | 'cells'>): string[] {
  return Array.from(
    { length: cells },
    (_, cell) => tokens[Math.floor((cell * tokens.length) / cells)]?.label ?? '',
  );
}

/** The token that a cell begins with. */
export function positionOf({ tokens, cells }: Pick<Moment, 'tokens' | 'cells'>, cell: number) {
  return Math.floor((cell * tokens.length) / cells);
}

/** A token that may come next. */
export interface Guess {
  readonly id: number;
  readonly label: string;
  readonly probability: number;
}

/** What would come after a position, the likeliest first. */
export function guessesAt(moment: Moment, position: number): Guess[] {
  const { top, nextIds, nextProbabilities, vocabulary } = moment;
  return Array.from({ length: top }, (_, place) => {
    const id = nextIds[position * top + place] ?? 0;
    const label = vocabulary.find((token) => token.id === id)?.label ?? String(id);
    return { id, label, probability: nextProbabilities[position * top + place] ?? NaN };
  });
}
