/** @file How many numbers a model learns, from its sizes alone. Pure: the model itself is not asked. */
import { mlpWidth, type ModelConfig } from './model';

/** Where a model's parameters are. */
export interface ParameterCount {
  /** Of the token embedding, and of the output where it has a table of its own. Grows with the vocabulary. */
  readonly vocabularyTables: number;
  readonly positions: number;
  /** Of all blocks together. */
  readonly blocks: number;
  readonly finalNorm: number;
  readonly total: number;
}

/** Counts the parameters of a model with `vocabulary` tokens. */
export function countParameters(model: ModelConfig, vocabulary: number): ParameterCount {
  const { dModel } = model;
  const biases = (width: number): number => (model.bias ? width : 0);
  const norm = dModel + biases(dModel);

  // W_Q, W_K, W_V, W_O; uniform attention asks and scores nothing, so that W_Q and W_K fall away.
  const projections = model.attention === 'learned' ? 4 : 2;
  const attention = norm + projections * (dModel * dModel + biases(dModel));

  const hidden = mlpWidth(model);
  const mlp =
    model.mlp === 'none' ? 0 : norm + 2 * dModel * hidden + biases(hidden) + biases(dModel);

  const vocabularyTables = vocabulary * dModel * (model.tied ? 1 : 2);
  const positions = model.positions === 'learned' ? model.context * dModel : 0;
  const blocks = model.layers * (attention + mlp);
  return {
    vocabularyTables,
    positions,
    blocks,
    finalNorm: norm,
    total: vocabularyTables + positions + blocks + norm,
  };
}
