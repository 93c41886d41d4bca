/** @file The sizes that a configuration gives to named axes. Batch, position, query and key belong to a pass. */
import { headWidth, mlpWidth, type ModelShape } from './model';

/** What each axis means, for hovers and tooltips. */
export const axisMeaning = {
  batch: 'windows of text trained side by side',
  position: 'places in the text',
  query: 'the place that looks',
  key: 'the place that is looked at',
  head: 'attention patterns computed side by side',
  dModel: 'numbers that describe a token on the residual stream',
  dHead: 'numbers that describe a token inside one head',
  dHeads: 'all heads side by side: head × dHead',
  dMlp: 'hidden units of the MLP',
  vocab: 'tokens the model knows',
  context: 'places the model has positions for',
  one: 'an axis that was reduced to one number',
} as const;

export type AxisName = keyof typeof axisMeaning;

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
