/** @file What the logit lens says, cell by cell, and as a table of numbers. Pure. */
import { layerOf } from '../../../../config/traceRecord';
import type { LogitLens } from '../../../../protocol/logitLens';
import { csvOf, quoted } from '../../../csv';
import { nameToken } from '../../../heatmap/reading';

/** A token that a layer would say. */
export interface Saying {
  readonly id: number;
  readonly label: string;
  readonly probability: number;
}

/** A cell of the table: a depth at a token, both counted from 0. */
export interface LensPlace {
  readonly depth: number;
  readonly position: number;
}

export interface LensCell {
  /** The likeliest first. */
  readonly top: readonly Saying[];
  /** In nats. */
  readonly entropy: number;
  /** The token that really comes next; absent at the last one. */
  readonly truth?: { readonly label: string; readonly probability: number; readonly rank: number };
  /** The likeliest token is the one that comes. */
  readonly isRight: boolean;
}

/** Reads cells of a lens. */
export function lensReader(lens: LogitLens): (place: LensPlace) => LensCell {
  const labels = new Map(lens.vocabulary.map(({ id, label }) => [id, label]));
  const positions = lens.tokens.length;
  return ({ depth, position }) => {
    const row = depth * positions + position;
    const top = Array.from({ length: lens.top }, (_, place): Saying => {
      const id = lens.ids[row * lens.top + place] ?? 0;
      const probability = lens.probabilities[row * lens.top + place] ?? NaN;
      return { id, label: labels.get(id) ?? String(id), probability };
    });
    const next = lens.tokens[position + 1];
    const probability = lens.trueProbabilities[row] ?? NaN;
    return {
      top,
      entropy: lens.entropies[row] ?? NaN,
      ...(next && { truth: { label: next.label, probability, rank: lens.trueRanks[row] ?? 0 } }),
      isRight: next !== undefined && top[0]?.id === next.id,
    };
  };
}

/** `Embedding`, `Layer 0`, `Layer 1: output`. */
export function depthName({ depths }: Pick<LogitLens, 'depths'>, depth: number): string {
  const path = depths[depth] ?? '';
  if (path.endsWith('.residualBefore')) return 'Embedding';
  const layer = layerOf(path);
  const isLast = depth === depths.length - 1;
  if (layer === undefined) return isLast ? 'Output' : path;
  return isLast ? `Layer ${layer}: output` : `Layer ${layer}`;
}

/** A row a cell. */
export function lensCsv(lens: LogitLens): string {
  const read = lensReader(lens);
  const labels = lens.tokens.map(({ label }) => label);
  const rows = lens.tokens.flatMap((_, position) =>
    lens.depths.map((_path, depth) => {
      const { top, entropy, truth } = read({ depth, position });
      const [first] = top;
      return [
        position,
        quoted(labels[position] ?? ''),
        quoted(depthName(lens, depth)),
        quoted(first?.label ?? ''),
        first?.probability ?? '',
        entropy,
        quoted(truth?.label ?? ''),
        truth?.probability ?? '',
        truth?.rank ?? '',
      ];
    }),
  );
  const head =
    'position,token,depth,likeliest,probability,entropy,next,probability of next,rank of next';
  return csvOf([[head], ...rows]);
}

/** A cell in a sentence. */
export function describeLensCell(lens: LogitLens, place: LensPlace, cell: LensCell): string {
  const labels = lens.tokens.map(({ label }) => label);
  const [first] = cell.top;
  const says = first === undefined ? 'nothing' : `“${first.label}”`;
  const right = cell.isRight ? ', which is right' : '';
  return `${depthName(lens, place.depth)} at ${nameToken(labels, place.position)} says ${says}${right}.`;
}
