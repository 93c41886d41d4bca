/**
 * @file How many parameters a configuration has, in the formulas of the literature; the dry pass
 * counts the same.
 */
import { mlpWidth, type ModelShape } from './model';

/** Parameters by part. */
export interface ParameterCount {
  readonly embeddings: number;
  readonly attention: number;
  readonly mlp: number;
  readonly norms: number;
  readonly output: number;
  readonly total: number;
}

export function countParameters(model: ModelShape): ParameterCount {
  const { layers, dModel, vocabulary, context } = model;
  const bias = model.bias ? 1 : 0;
  const projection = (from: number, to: number): number => from * to + bias * to;
  const norm = dModel * (1 + bias);
  const hidden = mlpWidth(model);
  const projections = model.attention === 'learned' ? 4 : 2;
  const hasMlp = model.mlp !== 'none';

  const embeddings = vocabulary * dModel + (model.positions === 'learned' ? context * dModel : 0);
  const attention = layers * projections * projection(dModel, dModel);
  const mlp = hasMlp ? layers * (projection(dModel, hidden) + projection(hidden, dModel)) : 0;
  const norms = (layers * (hasMlp ? 2 : 1) + 1) * norm;
  const output = model.tied ? 0 : vocabulary * dModel;
  return {
    embeddings,
    attention,
    mlp,
    norms,
    output,
    total: embeddings + attention + mlp + norms + output,
  };
}
