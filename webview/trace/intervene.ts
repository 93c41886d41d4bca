/** @file Carrying out interventions on a value in the middle of a pass. */
import { PlaygroundError } from '../config/errors';
import { add, scale } from '../ops/arithmetic';
import { replaceWhere, zeros } from '../ops/fill';
import { meanOver } from '../ops/reduce';
import { shapeText, type Shape, type Tensor } from '../ops/tensor';
import { tensor } from '../ops/values';
import { axisNames, type Axes } from './axes';
import type { CaptureId, Intervention } from './probe';
import { indicatorOf, selectedIndices } from './where';

/** A value outside the device that an intervention may put back in. */
export interface KeptValue {
  readonly shape: Shape;
  readonly values: Float32Array;
}

/** Axes that tell one token from another: `mean` averages over them. */
const tokenAxes = ['batch', 'position', 'query', 'key'];

/**
 * The places of the axes that `mean` averages over. What relates two tokens, a query to a key, is
 * averaged over the batch alone: over queries, each would get a share of its own future.
 */
function averagedAxes(axes: Axes): number[] {
  const names = axisNames(axes);
  const over = names.includes('query') && names.includes('key') ? ['batch'] : tokenAxes;
  return names.flatMap((name, index) => (over.includes(name) ? [index] : []));
}

/** The value after an intervention: changed where it says, the same elsewhere. */
export function intervene(
  value: Tensor,
  axes: Axes,
  intervention: Intervention,
  kept: ReadonlyMap<CaptureId, KeptValue>,
): Tensor {
  const { at, where } = intervention;
  const changed = change(value, axes, intervention, kept);
  if (!where) return changed;
  const indices = selectedIndices(at, axes, value.shape, where);
  return replaceWhere(value, tensor(indicatorOf(value.shape, indices), value.shape), changed);
}

function change(
  value: Tensor,
  axes: Axes,
  intervention: Intervention,
  kept: ReadonlyMap<CaptureId, KeptValue>,
): Tensor {
  switch (intervention.do) {
    case 'zero':
      return zeros(value, value.shape);
    case 'scale':
      return scale(value, intervention.by);
    case 'mean':
      return add(zeros(value, value.shape), meanOver(value, averagedAxes(axes)));
    case 'add':
      return add(value, keptTensor(intervention.from, value, intervention, kept));
    case 'replace':
      return keptTensor(intervention.from, value, intervention, kept);
    default:
      return intervention satisfies never;
  }
}

function keptTensor(
  id: CaptureId,
  value: Tensor,
  { at }: Intervention,
  kept: ReadonlyMap<CaptureId, KeptValue>,
): Tensor {
  const found = kept.get(id);
  if (found && shapeText(found.shape) === shapeText(value.shape)) {
    return tensor(found.values, found.shape);
  }
  const what = found ? `has shape ${shapeText(found.shape)}` : 'is not known';
  throw new PlaygroundError({
    code: 'capture-does-not-fit',
    message: `The captured value “${id}” ${what}; ${at} has shape ${shapeText(value.shape)}.`,
    remedy: 'Capture the whole value in a pass over a text of the same length first.',
  });
}
