/**
 * @file A trainer's state as a checkpoint file, and back. Weights go by their Hugging Face names.
 */
import { PlaygroundError } from '../config/errors';
import { readRunConfig, type RunConfig } from '../config/run';
import type { BackendReport } from '../config/backend';
import * as z from '../config/zod';
import { readCheckpoint, writeCheckpoint, type CheckpointTensor } from '../formats/checkpoint';
import { fromHuggingFace, toHuggingFace, type NamedTensor } from '../huggingface/gpt2Tensors';
import type { Tensor } from '../ops/tensor';
import { read } from '../ops/values';
import type { TokenizerData } from '../tokenizers/tokenizer';
import type { RunningMeans } from '../training/adamW';
import type { ParameterSpec } from '../training/dryPass';
import type { NamedValues } from '../training/parameters';
import type { Trainer } from '../training/trainer';
import type { RunningTotals } from './metrics';

const progressSchema = z.object({
  time: z.number(),
  /** Runs of earlier releases did not measure it. */
  elapsed: z.optional(z.number()),
  tokens: z.number(),
  losses: z.array(z.number()),
  /** Runs of earlier releases did not say it. */
  observed: z.optional(z.boolean()),
});

/** What a checkpoint says beside its tensors. */
export interface CheckpointRecord {
  readonly config: RunConfig;
  readonly tokenizer: TokenizerData;
  readonly backend: BackendReport;
  readonly totals: RunningTotals;
  /** Losses that the next point of the curve averages. */
  readonly unfinishedLosses: readonly number[];
  /** Of the last evaluation. */
  readonly validationLoss: number | undefined;
  /** Whether the evaluation and the sample that are due before the next step are done. */
  readonly observed: boolean;
}

/** The checkpoint file of a trainer between two steps. */
export async function checkpointOf(
  trainer: Trainer,
  record: CheckpointRecord,
): Promise<ArrayBuffer> {
  const { specs, tensors } = trainer.parameters;
  const { mean, meanSquare } = trainer.optimizer.moments;
  const weights = toHuggingFace(await valuesOf(specs, tensors));
  const means = toHuggingFace(await valuesOf(specs, mean));
  const squares = new Map(
    toHuggingFace(await valuesOf(specs, meanSquare)).map((tensor) => [tensor.name, tensor.values]),
  );
  const moments = means.map(
    ({ name, values }) => [name, { m: values, v: squares.get(name) ?? values }] as const,
  );
  const loss = record.validationLoss;
  const file = writeCheckpoint({
    step: trainer.step,
    configuration: record.config,
    tokenizer: record.tokenizer,
    random: { seed: record.config.training.seed },
    backend: record.backend,
    progress: {
      ...record.totals,
      losses: record.unfinishedLosses,
      observed: record.observed,
    },
    ...(loss !== undefined && { validationLoss: loss }),
    weights: new Map(weights.map(({ name, shape, values }) => [name, { shape, data: values }])),
    moments: new Map(moments),
  });
  return file.buffer;
}

/** A checkpoint's state in our names. */
export interface RestoredRun {
  readonly step: number;
  readonly config: RunConfig;
  /** What `serialize()` gave, to be compared with the tokenizer of the text. */
  readonly tokenizer: unknown;
  readonly weights: NamedValues;
  readonly moments: RunningMeans;
  readonly totals: RunningTotals;
  readonly unfinishedLosses: readonly number[];
  readonly validationLoss: number | undefined;
  readonly observed: boolean;
}

export function restoreCheckpoint(file: ArrayBuffer): Omit<RestoredRun, 'weights' | 'moments'> & {
  readonly tensorsFor: (
    specs: readonly ParameterSpec[],
  ) => Pick<RestoredRun, 'weights' | 'moments'>;
} {
  const checkpoint = readCheckpoint(file);
  const progress = progressSchema.safeParse(checkpoint.progress);
  if (!progress.success) {
    throw new PlaygroundError({
      code: 'checkpoint',
      message: 'The checkpoint does not say how long its run has trained.',
      remedy: 'Resume from an earlier checkpoint of the run.',
    });
  }
  const { time, elapsed = time, tokens, observed = true } = progress.data;
  return {
    step: checkpoint.step,
    config: readRunConfig(checkpoint.configuration),
    tokenizer: checkpoint.tokenizer,
    totals: { time, elapsed, tokens },
    unfinishedLosses: progress.data.losses,
    validationLoss: checkpoint.validationLoss,
    observed,
    tensorsFor: (specs) => {
      const names = specs.map((spec) => spec.name);
      const ours = (data: ReadonlyMap<string, CheckpointTensor>): NamedValues =>
        fromHuggingFace(names, named(data));
      const momentsOf = (which: 'm' | 'v'): NamedValues =>
        ours(
          new Map(
            [...checkpoint.moments].map(([name, moment]) => [
              name,
              { shape: checkpoint.weights.get(name)?.shape ?? [], data: moment[which] },
            ]),
          ),
        );
      return {
        weights: ours(checkpoint.weights),
        moments: { mean: momentsOf('m'), meanSquare: momentsOf('v') },
      };
    },
  };
}

async function valuesOf(
  specs: readonly ParameterSpec[],
  tensors: ReadonlyMap<string, Tensor>,
): Promise<NamedTensor[]> {
  const values: NamedTensor[] = [];
  for (const { name, shape } of specs) {
    const tensor = tensors.get(name);
    if (!tensor) throw new Error(`There is no tensor for ${name}.`);
    values.push({ name, shape, values: await read(tensor) });
  }
  return values;
}

function named(tensors: ReadonlyMap<string, CheckpointTensor>): Map<string, NamedTensor> {
  return new Map(
    [...tensors].map(([name, { shape, data }]) => [name, { name, shape, values: data }]),
  );
}
