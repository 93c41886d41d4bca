/** @file Carrying out interventions on a value in the middle of a pass. */
import { PlaygroundError } from '../config/errors';
import type { ModelShape } from '../config/model';
import { add, scale } from '../ops/arithmetic';
import { replaceWhere, zeros } from '../ops/fill';
import { shapeText, type Shape, type Tensor } from '../ops/tensor';
import { tensor } from '../ops/values';
import type { Axes } from './axes';
import type { CaptureId, Intervention } from './probe';
import { tokenMean } from './tokenMean';
import { indicatorOf, selectedIndices } from './where';

/** A value outside the device that an intervention may put back in. */
export interface KeptValue {
  readonly shape: Shape;
  readonly values: Float32Array;
}

/** What an intervention needs to know beside the value. */
export interface Intervening {
  /** Of the model: which tokens a mean may be over. */
  readonly mask: ModelShape['mask'];
  readonly kept: ReadonlyMap<CaptureId, KeptValue>;
}

/** The value after an intervention: changed where it says, the same elsewhere. */
export function intervene(
  value: Tensor,
  axes: Axes,
  intervention: Intervention,
  knowing: Intervening,
): Tensor {
  const { at, where } = intervention;
  const changed = change(value, axes, intervention, knowing);
  if (!where) return changed;
  const indices = selectedIndices(at, axes, value.shape, where);
  return replaceWhere(value, tensor(indicatorOf(value.shape, indices), value.shape), changed);
}

function change(
  value: Tensor,
  axes: Axes,
  intervention: Intervention,
  { mask, kept }: Intervening,
): Tensor {
  switch (intervention.do) {
    case 'zero':
      return zeros(value, value.shape);
    case 'scale':
      return scale(value, intervention.by);
    case 'mean':
      return tokenMean(value, axes, mask);
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
