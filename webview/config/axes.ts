/**
 * @file The sizes that a configuration gives to named axes. Batch, position, query and key belong
 * to a pass.
 */
import { headWidth, mlpWidth, type ModelShape } from './model';

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
