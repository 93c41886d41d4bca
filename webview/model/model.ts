/**
 * @file What the engine knows of a model. An edited copy of this folder that exports the same can
 * take its place.
 */
import { gpt } from './gpt';
import { initialValues } from './initialization';
import { nextTokenLoss } from './loss';
import { unembed } from './unembed';

export const model = {
  /** Ids [batch × position] → logits [batch × position × vocab]. */
  forward: gpt,
  /** Logits and targets → the mean surprise in nats. */
  loss: nextTokenLoss,
  /** The residual stream at any depth → logits. */
  unembed,
  /** The first values of a parameter. */
  initialValues,
};

export type Model = typeof model;
