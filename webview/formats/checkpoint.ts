/**
 * @file A checkpoint: one safetensors file with all that is needed to continue a run. Weights go by
 * their Hugging Face names, so that other programs read the file as the model it is; the
 * optimizer's moments and the run's state travel beside them. What the JSON in it means is for its
 * reader's schemas.
 */
import { PlaygroundError } from '../config/errors';
import { decodeNumber, encodeNumber, isNonFiniteName } from './nonFinite';
import {
  asFloat32,
  parseSafetensors,
  writeSafetensors,
  type StoredTensor,
  type WritableTensor,
} from './safetensors';
import { quote } from './safetensorsHeader';

/** Version of what this file writes; raised when an older reader would misunderstand it. */
export const checkpointVersion = 1;

/** Values row by row; a read one is a view on the file's bytes. */
export interface CheckpointTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** AdamW's running means of one weight's gradient and of its square, in the weight's shape. */
export interface Moments {
  readonly m: Float32Array;
  readonly v: Float32Array;
}

export interface Checkpoint {
  /** Updates made. */
  readonly step: number;
  /** JSON of a run's configuration; check it with `readRunConfig`. */
  readonly configuration: unknown;
  /** JSON that makes the tokenizer again. */
  readonly tokenizer: unknown;
  /**
   * JSON of the random state: numbers are hashed from a seed and the step, so the seed is all of
   * it.
   */
  readonly random: unknown;
  /** JSON of what the run recorded of its backend: whatever decides bits. */
  readonly backend: unknown;
  /** JSON of counters that go on: training time, tokens seen, and the like. */
  readonly progress: unknown;
  /** Of the last evaluation, in nats per token; absent before the first. */
  readonly validationLoss?: number;
  readonly weights: ReadonlyMap<string, CheckpointTensor>;
  /** By weight; empty where only the weights were kept. */
  readonly moments: ReadonlyMap<string, Moments>;
}

const PREFIX = 'transformer-playground.';
const VERSION = `${PREFIX}version`;
const STEP = `${PREFIX}step`;
const LOSS = `${PREFIX}validation-loss`;
const jsonFields = ['configuration', 'tokenizer', 'random', 'backend', 'progress'] as const;

const MOMENT = /^optimizer\.([mv])\.(.+)$/s;
const momentName = (which: keyof Moments, weight: string): string => `optimizer.${which}.${weight}`;

/**
 * The file's bytes. @throws checkpoint, if a name is reserved or moments do not match their weight.
 */
export function writeCheckpoint(checkpoint: Checkpoint): Uint8Array<ArrayBuffer> {
  const { step, validationLoss, weights, moments } = checkpoint;
  const metadata = new Map([
    // Transformers refuses a file that does not say which framework's layout it has.
    ['format', 'pt'],
    [VERSION, String(checkpointVersion)],
    [STEP, String(step)],
    ...jsonFields.map((field): [string, string] => [
      `${PREFIX}${field}`,
      JSON.stringify(checkpoint[field] ?? null),
    ]),
  ]);
  if (validationLoss !== undefined) {
    metadata.set(LOSS, String(encodeNumber(validationLoss)));
  }
  const tensors: WritableTensor[] = [];
  for (const [name, { shape, data }] of weights) {
    if (MOMENT.test(name)) {
      throw damaged(`The weight ${quote(name)} has the name of a moment.`, 'Rename it.');
    }
    tensors.push({ name, dtype: 'F32', shape, data });
  }
  for (const [name, { m, v }] of moments) {
    const { shape } = weightOf(name, weights);
    tensors.push({ name: momentName('m', name), dtype: 'F32', shape, data: m });
    tensors.push({ name: momentName('v', name), dtype: 'F32', shape, data: v });
  }
  return writeSafetensors(tensors, metadata);
}

/**
 * What {@link writeCheckpoint} wrote. The tensors are views: keep the bytes unchanged.
 *
 * @throws safetensors, if the file is damaged; checkpoint-version, if another version wrote it;
 * checkpoint, naming what is missing or wrong in it.
 */
export function readCheckpoint(file: ArrayBuffer | Uint8Array): Checkpoint {
  const { tensors, metadata } = parseSafetensors(file);
  checkVersion(metadata.get(VERSION));
  const step = readStep(metadata.get(STEP) ?? 'missing');
  const loss = metadata.get(LOSS);
  const weights = new Map<string, CheckpointTensor>();
  for (const [name, tensor] of tensors) {
    if (!MOMENT.test(name)) {
      weights.set(name, { shape: tensor.shape, data: asFloat32(tensor) });
    }
  }
  return {
    step,
    configuration: readJson(metadata, 'configuration'),
    tokenizer: readJson(metadata, 'tokenizer'),
    random: readJson(metadata, 'random'),
    backend: readJson(metadata, 'backend'),
    progress: readJson(metadata, 'progress'),
    ...(loss === undefined ? {} : { validationLoss: readLoss(loss) }),
    weights,
    moments: readMoments(tensors, weights),
  };
}

function checkVersion(version: string | undefined): void {
  if (version === undefined) {
    throw new PlaygroundError({
      code: 'checkpoint-version',
      message: 'This safetensors file is not a checkpoint of Transformer Playground.',
      remedy: 'Choose a step-….safetensors file from a run’s folder.',
    });
  }
  if (version !== String(checkpointVersion)) {
    throw new PlaygroundError({
      code: 'checkpoint-version',
      message: `The checkpoint has format version ${quote(version)}; this version of Transformer Playground reads ${checkpointVersion}.`,
      remedy:
        'Update Transformer Playground, or open the checkpoint with the version that wrote it.',
    });
  }
}

function readMoments(
  tensors: ReadonlyMap<string, StoredTensor>,
  weights: ReadonlyMap<string, CheckpointTensor>,
): Map<string, Moments> {
  const moments = new Map<string, Moments>();
  for (const name of tensors.keys()) {
    const weight = MOMENT.exec(name)?.[2];
    if (weight !== undefined && !moments.has(weight)) {
      moments.set(weight, {
        m: readMoment(tensors, weights, 'm', weight),
        v: readMoment(tensors, weights, 'v', weight),
      });
    }
  }
  return moments;
}

function readMoment(
  tensors: ReadonlyMap<string, StoredTensor>,
  weights: ReadonlyMap<string, CheckpointTensor>,
  which: keyof Moments,
  weight: string,
): Float32Array {
  const { shape } = weightOf(weight, weights);
  const name = momentName(which, weight);
  const tensor = tensors.get(name);
  if (tensor === undefined) {
    throw damaged(`The checkpoint lacks ${quote(name)}.`);
  }
  if (tensor.shape.join() !== shape.join()) {
    throw damaged(
      `${quote(name)} has shape [${tensor.shape.join(', ')}], its weight [${shape.join(', ')}].`,
    );
  }
  return asFloat32(tensor);
}

function weightOf(name: string, weights: ReadonlyMap<string, CheckpointTensor>): CheckpointTensor {
  const weight = weights.get(name);
  if (weight === undefined) {
    throw damaged(`There are moments for ${quote(name)}, but no such weight.`);
  }
  return weight;
}

function readJson(
  metadata: ReadonlyMap<string, string>,
  field: (typeof jsonFields)[number],
): unknown {
  const text = metadata.get(`${PREFIX}${field}`);
  if (text === undefined) {
    throw damaged(`The checkpoint lacks its ${field}.`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw damaged(`The checkpoint's ${field} is not JSON.`, undefined, error);
  }
}

function readStep(text: string): number {
  const step = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(step)) {
    throw damaged(`The checkpoint's step is ${quote(text)}.`);
  }
  return step;
}

function readLoss(text: string): number {
  const loss = isNonFiniteName(text) ? decodeNumber(text) : Number(text);
  if (text.trim() === '' || (Number.isNaN(loss) && text !== 'NaN')) {
    throw damaged(`The checkpoint's validation loss is ${quote(text)}, not a number.`);
  }
  return loss;
}

function damaged(
  message: string,
  remedy = 'Resume from an earlier checkpoint of the run.',
  cause?: unknown,
): PlaygroundError {
  return new PlaygroundError(
    { code: 'checkpoint', message, remedy },
    cause === undefined ? {} : { cause },
  );
}
