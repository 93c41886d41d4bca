/** @file What is measured: models and batches that are the same in every run. Knows no backend. */
import type { ModelShape } from '../../webview/config/model';
import { defaultPreset } from '../../webview/config/presets';
import { integerBelow, randomKey } from '../../webview/config/random';
import type { TrainingConfig } from '../../webview/config/training';
import type { Batch } from '../../webview/tasks/batches';

/** A model and how it is trained. */
export interface BenchConfiguration {
  readonly model: ModelShape;
  readonly training: TrainingConfig;
}

const { model, training } = defaultPreset.config;

/** Characters of Tiny Shakespeare. */
const vocabulary = 65;

/**
 * `tiny` and `base` are small and large for this product; `preset` is what Train Tiny Model trains.
 * By what they cost, so that what waits for the slowest is measured before.
 */
export const configurations = {
  tiny: {
    model: { ...model, vocabulary, layers: 2, dModel: 32, heads: 2, context: 32 },
    training: { ...training, batchSize: 8 },
  },
  preset: { model: { ...model, vocabulary }, training },
  base: {
    model: { ...model, vocabulary, layers: 4, dModel: 128, heads: 4, context: 64 },
    training: { ...training, batchSize: 16 },
  },
} as const satisfies Record<string, BenchConfiguration>;

export type ConfigurationName = keyof typeof configurations;

export const configurationNames = Object.keys(configurations) as ConfigurationName[];

/** The batch of a step: token ids drawn by its number alone. */
export function batchOf({ model, training }: BenchConfiguration, step: number): Batch {
  const { batchSize } = training;
  const { context, vocabulary } = model;
  const key = randomKey(training.seed, 'batch', step);
  const draw = (offset: number): Int32Array =>
    Int32Array.from({ length: batchSize * context }, (_, at) =>
      integerBelow(key, at + offset, vocabulary),
    );
  return { inputs: draw(0), targets: draw(1), batchSize, context };
}
