/**
 * @file Small models for tests: large enough to have every part, small enough to check in
 * milliseconds.
 */
import type { ModelShape } from '../../../webview/config/model';
import { defaultPreset } from '../../../webview/config/presets';
import type { TrainingConfig } from '../../../webview/config/training';
import { model } from '../../../webview/model/model';
import { read } from '../../../webview/ops/values';
import type { Batch } from '../../../webview/tasks/batches';
import { dryPass } from '../../../webview/training/dryPass';
import type { Parameters } from '../../../webview/training/parameters';
import { disposeStep, Trainer, type TrainerOptions } from '../../../webview/training/trainer';
import { normals } from './numbers';

/** Two layers of two heads over seven tokens. */
export const smallShape: ModelShape = {
  ...defaultPreset.config.model,
  layers: 2,
  dModel: 8,
  heads: 2,
  context: 6,
  vocabulary: 7,
};

export const smallTraining: TrainingConfig = {
  ...defaultPreset.config.training,
  steps: 40,
  batchSize: 3,
  warmupSteps: 5,
  learningRate: 0.01,
};

/** The rungs of the ladder and the other switches of the configuration, each by what it changes. */
export const rungs: readonly (readonly [name: string, change: Partial<ModelShape>])[] = [
  ['the whole model', {}],
  ['0 layers', { layers: 0 }],
  ['uniform attention', { attention: 'uniform' }],
  ['no positions', { positions: 'none' }],
  ['no MLP', { mlp: 'none' }],
  ['no residual', { residual: false }],
  ['no mask', { mask: 'none' }],
  ['an untied output', { tied: false }],
  ['no biases', { bias: false }],
  ['dropout', { dropout: 0.3 }],
  ['GPT-2’s initialization', { initialization: 'gpt2' }],
];

/** Windows of pseudo-random tokens; the targets are the inputs moved by one. */
export function batchOf(shape: ModelShape, seed = 1, batchSize = 3): Batch {
  const { context, vocabulary } = shape;
  const draws = normals(batchSize * (context + 1), seed, 1000);
  const tokens = draws.map((draw) => Math.abs(Math.round(draw)) % vocabulary);
  const inputs: number[] = [];
  const targets: number[] = [];
  for (let row = 0; row < batchSize; row++) {
    const window = tokens.slice(row * (context + 1), (row + 1) * (context + 1));
    inputs.push(...window.slice(0, -1));
    targets.push(...window.slice(1));
  }
  return { inputs: Int32Array.from(inputs), targets: Int32Array.from(targets), batchSize, context };
}

/** A trainer of the small model; the caller disposes of it. */
export function trainerOf(
  change: Partial<ModelShape> = {},
  training: Partial<TrainingConfig> = {},
  rest: Pick<TrainerOptions, 'restored' | 'decays'> = {},
): Trainer {
  const config = { ...smallShape, ...change };
  return new Trainer({ model, config, training: { ...smallTraining, ...training }, ...rest });
}

/**
 * A trainer whose weights are all random numbers of standard normal shape times `spread`, gains and
 * biases too.
 */
export function randomTrainer(change: Partial<ModelShape> = {}, spread = 0.3): Trainer {
  const { parameters } = dryPass(model, { ...smallShape, ...change });
  const weights = new Map(
    parameters.map(({ name, shape }, index) => {
      const size = shape.reduce((product, axis) => product * axis, 1);
      return [name, Float32Array.from(normals(size, index + 1, spread))] as const;
    }),
  );
  return trainerOf(change, {}, { restored: { weights, step: 0 } });
}

/** Makes one step and returns its loss. */
export async function learn(trainer: Trainer, batch: Batch): Promise<number> {
  const result = trainer.learn(batch);
  const [loss = NaN] = await read(result.loss);
  disposeStep(result);
  return loss;
}

/** All weights by name. */
export async function weightsOf(parameters: Parameters): Promise<Map<string, Float32Array>> {
  const weights = new Map<string, Float32Array>();
  for (const [name, tensor] of parameters.tensors) weights.set(name, (await read(tensor)).slice());
  return weights;
}
