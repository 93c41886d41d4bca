/**
 * @file Changes of a model's parts as a listener of its passes: what is silenced, scaled or
 * replaced on the way. A text that is continued keeps its changes; a patch holds where it was made.
 */
import { PlaygroundError } from '../config/errors';
import type { ModelShape } from '../config/model';
import { add, scale, subtract } from '../ops/arithmetic';
import { sizeOf, type Shape, type Tensor } from '../ops/tensor';
import type { ChangedPart } from '../protocol/whatIf';
import { axisNames, type Axes } from '../trace/axes';
import { intervene, type KeptValue } from '../trace/intervene';
import type { Where } from '../trace/probe';
import type { TraceListener, TracePath } from '../trace/scope';
import { tokenMean } from '../trace/tokenMean';
import { dryPass } from '../training/dryPass';
import { attentionAt, type Attending } from './attentions';

/** What is done to a part, wherever it is. */
type Effect = { readonly do: 'zero' | 'mean' } | { readonly do: 'scale'; readonly by: number };

/** A change at one trace point. */
export interface ValueChange {
  readonly at: TracePath;
  readonly head?: number;
  readonly positions?: readonly number[];
  /** A patch puts in a value made for a text of as many tokens. */
  readonly effect: Effect | { readonly do: 'patch'; readonly value: KeptValue };
}

/** A change of all that a layer adds to the residual stream, between two points. */
export interface LayerChange {
  readonly before: TracePath;
  readonly after: TracePath;
  readonly effect: Effect;
}

export type Changes = readonly (ValueChange | LayerChange)[];

/** The trace point at which a part is changed, and what of it. */
export function placeOfPart(
  subject: Attending,
  part: Exclude<ChangedPart, { readonly part: 'layer' }>,
): Pick<ValueChange, 'at' | 'head' | 'positions'> {
  const positions = part.positions === undefined ? {} : { positions: part.positions };
  if (part.part === 'value') return { at: part.path, ...positions };
  const { module } = attentionAt(subject, part.path, part.head);
  return { at: `${module}.weightedValues`, head: part.head, ...positions };
}

/**
 * The points between which a layer works: the residual stream before it and after.
 * @throws PlaygroundError where the model has no such layer
 */
export function placesOfLayer(
  { model, config }: Attending,
  layer: number,
): Pick<LayerChange, 'before' | 'after'> {
  const { points } = dryPass(model, config, 1, 1);
  const layers = points.filter(({ path }) => path.endsWith(beforeLayer));
  const scope = layers[layer]?.path.slice(0, -beforeLayer.length);
  if (scope !== undefined) {
    return { before: `${scope}${beforeLayer}`, after: `${scope}${afterLayer}` };
  }
  throw new PlaygroundError({
    code: 'index-out-of-range',
    message: `Layer ${layer} does not exist; there are ${layers.length}.`,
    remedy:
      layers.length === 0
        ? 'Train a model of at least one layer.'
        : `Choose a layer from 0 to ${layers.length - 1}.`,
  });
}

export const beforeLayer = '.residualBefore';
export const afterLayer = '.residualAfter';

/** Carries changes out, and knows which of them the passes have come by. */
export class ChangeListener implements TraceListener {
  readonly #changes: Changes;
  readonly #mask: ModelShape['mask'];
  readonly #inForce: boolean;
  readonly #watched: ReadonlySet<TracePath>;
  readonly #visited = new Set<TracePath>();
  readonly #streams = new Map<TracePath, Tensor>();

  /** Not `inForce`, it watches the same points and changes nothing: what one compares with. */
  constructor(changes: Changes, { mask }: Pick<ModelShape, 'mask'>, inForce: boolean) {
    this.#changes = changes;
    this.#mask = mask;
    this.#inForce = inForce;
    this.#watched = new Set(changes.flatMap(pathsOf));
  }

  readonly watches = (path: TracePath): boolean => this.#watched.has(path);

  readonly visit = (path: TracePath, axes: Axes, value: Tensor): Tensor => {
    if (!this.#watched.has(path)) return value;
    this.#visited.add(path);
    if (!this.#inForce) return value;
    let current = value;
    for (const change of this.#changes) {
      if ('before' in change) {
        if (path === change.after) current = this.#changeLayer(change, axes, current);
      } else if (change.at === path) {
        current = changeValue(change, axes, current, this.#mask);
      }
    }
    // Seen by the layer itself: after what was changed before it.
    this.#streams.set(path, current);
    return current;
  };

  /**
   * @throws PlaygroundError for a point that no pass came by
   */
  checkVisited(): void {
    const missed = [...this.#watched].find((path) => !this.#visited.has(path));
    if (missed === undefined) return;
    throw new PlaygroundError({
      code: 'unknown-trace-point',
      message: `The pass did not come by “${missed}”.`,
      remedy: 'Choose a trace point that this configuration has, up to the logits.',
    });
  }

  #changeLayer({ before, effect }: LayerChange, axes: Axes, after: Tensor): Tensor {
    const stream = this.#streams.get(before);
    if (stream === undefined) return after;
    const added = subtract(after, stream);
    switch (effect.do) {
      case 'zero':
        return stream;
      case 'mean':
        return add(stream, tokenMean(added, axes, this.#mask));
      case 'scale':
        return add(stream, scale(added, effect.by));
      default:
        return effect satisfies never;
    }
  }
}

function pathsOf(change: ValueChange | LayerChange): TracePath[] {
  return 'before' in change ? [change.before, change.after] : [change.at];
}

/** Axes that tell one token from another, the one that acts first. */
const tokenAxes = ['position', 'query', 'key'];

function changeValue(
  { at, head, positions, effect }: ValueChange,
  axes: Axes,
  value: Tensor,
  mask: ModelShape['mask'],
): Tensor {
  const names = axisNames(axes);
  const token = names.find((name) => tokenAxes.includes(name)) ?? 'position';
  // In a text that has grown, a patch stays where it was put.
  const patched = effect.do === 'patch' ? effect.value.shape[names.indexOf(token)] : undefined;
  const places = positions ?? (patched === undefined ? undefined : [...Array(patched).keys()]);
  const where: Where = [
    ...(head === undefined ? [] : [{ axis: 'head', index: [head] }]),
    ...(places === undefined ? [] : [{ axis: token, index: places }]),
  ];
  const place = { at, ...(where.length > 0 && { where }) };
  if (effect.do !== 'patch') {
    return intervene(value, axes, { ...place, ...effect }, { mask, kept: new Map() });
  }
  const kept = new Map([[at, grown(effect.value, value.shape)]]);
  return intervene(value, axes, { ...place, do: 'replace', from: at }, { mask, kept });
}

/** A value at the beginning of a larger shape, with zeros where it has nothing. */
function grown({ shape: from, values }: KeptValue, shape: Shape): KeptValue {
  const larger = new Float32Array(sizeOf(shape));
  const width = from.at(-1) ?? 1;
  for (let start = 0; start < values.length; start += width) {
    let [rest, place, stride] = [start / width, 0, shape.at(-1) ?? 1];
    for (let axis = from.length - 2; axis >= 0; axis--) {
      const size = from[axis] ?? 1;
      place += (rest % size) * stride;
      rest = Math.floor(rest / size);
      stride *= shape[axis] ?? 1;
    }
    larger.set(values.subarray(start, start + width), place);
  }
  return { shape, values: larger };
}
