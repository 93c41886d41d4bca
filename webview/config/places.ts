/**
 * @file Which places of the source a configured model passes by: told before anything has run,
 * where no dry pass can be asked. Pure.
 */
import type { ModelConfig } from './model';
import { layerOf } from './traceRecord';

/** The places that one value of the configuration takes away. */
const takenAway: readonly (readonly [isGone: (model: ModelConfig) => boolean, places: RegExp])[] = [
  [({ attention }) => attention === 'uniform', /\.selfAttention\.(queries|keys|scores)$/],
  [({ mlp }) => mlp === 'none', /\.(mlp|mlpNorm)\./],
  [({ positions }) => positions === 'none', /^positionEmbedding$/],
];

/** Whether a pass of the model comes by a trace path: without an MLP, none by `decoder.0.mlp.…`. */
export function hasPlace(model: ModelConfig, path: string): boolean {
  const layer = layerOf(path) ?? -1;
  return layer < model.layers && !takenAway.some(([isGone, at]) => isGone(model) && at.test(path));
}
