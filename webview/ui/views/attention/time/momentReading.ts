/** @file What a moment shows: its curve, its patterns, what would come next. Pure. */
import type { Moment, MomentSummary, RoleGained } from '../../../../protocol/moments';
import type { ChartData } from '../../../charts/curves';
import { weightsOf, type Weights } from '../../../heatmap/weights';
import { lossChart } from '../../lossChart';
import type { OpenHead } from '../shownMaps';

/** The loss at the moments, with what the heads became and the moment that is shown. */
export function momentChart(
  kept: readonly MomentSummary[],
  gained: readonly RoleGained[],
  now: number | undefined,
): ChartData {
  const points = kept.map(({ step, loss, validationLoss }) => ({
    step,
    ...(loss !== undefined && { loss }),
    ...(validationLoss !== undefined && { validationLoss }),
  }));
  const chart = lossChart(points, undefined, gained);
  // Few points, and of the first no training loss: each is a dot.
  const curves = chart.curves.map((curve) => ({ ...curve, sparse: true }));
  return { ...chart, curves, ...(now !== undefined && { now }) };
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
