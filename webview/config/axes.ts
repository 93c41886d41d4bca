/**
 * @file Named axes: the sizes that a configuration gives them, and how they are written. Batch,
 * position, query and key belong to a pass.
 */
import { formatCount } from './counts';
import { headWidth, mlpWidth, type ModelShape } from './model';

/** An axis with its size, where it is known. */
export interface NamedAxis {
  readonly name: string;
  readonly size?: number;
}

/** `head 4`; of an axis whose size nobody knows yet its name. */
export function axisText({ name, size }: NamedAxis): string {
  return size === undefined ? name : `${name} ${formatCount(size)}`;
}

/** `batch 4 × head 4 × query 64 × key 64`; empty for one number, which has no axes. */
export function shapeOfAxes(axes: readonly NamedAxis[]): string {
  return axes.map(axisText).join(' × ');
}

/** Axis name → size, for the axes that the configuration binds. */
export function boundAxes(model: ModelShape): Record<string, number> {
  return {
    head: model.heads,
    dHead: headWidth(model),
    dHeads: model.dModel,
    dModel: model.dModel,
    dMlp: mlpWidth(model),
    vocab: model.vocabulary,
    context: model.context,
    one: 1,
  };
}
