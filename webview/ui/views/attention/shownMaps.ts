/** @file The attention that is on the page, and which heads are open in it. Pure. */
import { layerOf } from '../../../config/traceRecord';
import type { AttentionMaps, HeadChoice, TokenView } from '../../../protocol/attentionMaps';
import type { Selection } from '../../../protocol/selection';
import { weightsOf, type Weights } from '../../heatmap/weights';

/** A head, or what those of a layer come to together, that is shown large. */
export interface OpenHead {
  /** Of its pattern. */
  readonly path: string;
  readonly head: HeadChoice;
}

/** A map with whose it is. */
export interface ShownMap extends OpenHead {
  readonly weights: Weights;
}

/** What the engine answered last, ready to be drawn. */
export interface ShownMaps {
  readonly runId: string;
  readonly step: number;
  readonly tokens: readonly TokenView[];
  readonly labels: readonly string[];
  readonly cropped: number;
  readonly loss?: number;
  readonly modules: AttentionMaps['modules'];
  readonly thumbnail: number;
  readonly thumbnails: readonly Uint8Array[];
  readonly maps: readonly ShownMap[];
  /** No token sees what comes after it, in all that is shown. */
  readonly causal: boolean;
}

/** An answer with what was asked for. */
export function shownMaps(answer: AttentionMaps, heads: readonly OpenHead[]): ShownMaps {
  const size = answer.tokens.length;
  const maps = heads.flatMap((open, index): ShownMap[] => {
    const pattern = answer.patterns[index];
    return pattern === undefined ? [] : [{ ...open, weights: weightsOf(pattern, size) }];
  });
  return {
    runId: answer.runId,
    step: answer.step,
    tokens: answer.tokens,
    labels: answer.tokens.map(({ label }) => label),
    cropped: answer.cropped,
    ...(answer.loss !== undefined && { loss: answer.loss }),
    modules: answer.modules,
    thumbnail: answer.thumbnail,
    thumbnails: answer.thumbnails,
    maps,
    causal: maps.length > 0 && maps.every(({ weights }) => weights.causal),
  };
}

export function isSameHead(a: OpenHead, b: OpenHead): boolean {
  return a.path === b.path && a.head === b.head;
}

/** Heads that are shown large at once: more would not be seen together. */
const mostOpen = 4;

/** Opens a head, in place of the oldest of several, or closes an open one; one stays open. */
export function toggleHead(open: readonly OpenHead[], head: OpenHead): readonly OpenHead[] {
  const others = open.filter((one) => !isSameHead(one, head));
  if (others.length === open.length) return [...open, head].slice(-mostOpen);
  return others.length === 0 ? open : others;
}

/** The open heads that a model has; its first head where it has none of them. */
export function headsThatExist(
  open: readonly OpenHead[],
  modules: AttentionMaps['modules'],
): readonly OpenHead[] {
  const existing = open.filter(({ path, head }) =>
    modules.some(
      (module) => module.path === path && (typeof head !== 'number' || head < module.heads),
    ),
  );
  const [first] = modules;
  return existing.length > 0 || first === undefined ? existing : [{ path: first.path, head: 0 }];
}

/**
 * The attention that a place of the model belongs to: its own, of whose values it is one, or the
 * first inside of it. Undefined for a place that is part of none.
 */
export function moduleOf(
  modules: AttentionMaps['modules'],
  path: string,
): AttentionMaps['modules'][number] | undefined {
  const scopeOf = (inside: string): string => inside.slice(0, inside.lastIndexOf('.') + 1);
  return (
    modules.find((module) => module.path === path || path.startsWith(scopeOf(module.path))) ??
    modules.find((module) => module.path.startsWith(`${path}.`))
  );
}

/** The head that a selection means; undefined for a place that has none. */
export function headOf(
  modules: AttentionMaps['modules'],
  { path, head = 0 }: Selection,
): OpenHead | undefined {
  const module = moduleOf(modules, path);
  return module === undefined
    ? undefined
    : { path: module.path, head: Math.min(head, module.heads - 1) };
}

/** What is selected with a head, or with a token of it; heads together are so by their path. */
export function selectionOf({ path, head }: OpenHead, token?: number): Selection {
  return {
    path,
    ...(typeof head === 'number' && { head }),
    ...(token !== undefined && { token }),
  };
}

/** `Layer 1`, or a path that has no number as it is. */
export function layerName(path: string): string {
  const layer = layerOf(path);
  const parts = path.split('.');
  const kind = parts.includes('crossAttention') ? ' (cross)' : '';
  return layer === undefined ? path : `Layer ${layer}${kind}`;
}

/** `Head 2`, `Mean of the heads`. */
export function choiceName(head: HeadChoice): string {
  if (head === 'mean') return 'Mean of the heads';
  return head === 'max' ? 'Maximum of the heads' : `Head ${head}`;
}

export function headName({ path, head }: OpenHead): string {
  return `${layerName(path)}, ${choiceName(head).toLowerCase()}`;
}
