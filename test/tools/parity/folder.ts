/**
 * @file A parity folder: a tiny model saved by Python's transformers, with what Python computed
 * from it.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { PlaygroundError } from '../../../webview/config/errors';
import type { ModelShape } from '../../../webview/config/model';
import {
  asFloat32,
  asInt32,
  parseSafetensors,
  type SafetensorsFile,
} from '../../../webview/formats/safetensors';
import { modelOfGpt2Config } from '../../../webview/huggingface/gpt2Config';
import type { NamedTensor } from '../../../webview/huggingface/gpt2Tensors';

export interface ParityFolder {
  readonly name: string;
  readonly config: ModelShape;
  /** Weights by Hugging Face names. */
  readonly weights: ReadonlyMap<string, NamedTensor>;
  /** Inputs and what Python computed, by the names of `io.safetensors`. */
  readonly io: ReadonlyMap<string, NamedTensor>;
  readonly inputIds: Int32Array;
  /** Python's greedy continuation of the first four tokens of the first row. */
  readonly greedy: Int32Array;
}

/** Thrown for a folder of another architecture. */
export class UnsupportedModelType extends Error {
  readonly modelType: string;

  constructor(folder: string, modelType: string) {
    super(`${folder}: model_type “${modelType}” is not supported; this version reads gpt2.`);
    this.modelType = modelType;
  }
}

/** @throws UnsupportedModelType, or whatever is wrong with its files. */
export async function readParityFolder(folder: string): Promise<ParityFolder> {
  const json = await readJson(join(folder, 'config.json'));
  const modelType = modelTypeOf(json);
  if (modelType === undefined) {
    throw new Error(
      `${folder}/config.json names no “model_type”: write which it is, such as gpt2.`,
    );
  }
  if (modelType !== 'gpt2') throw new UnsupportedModelType(folder, modelType);
  const config = modelOfGpt2Config(json);
  const weights = await readTensors(join(folder, 'model.safetensors'), floats);
  const io = await readTensors(join(folder, 'io.safetensors'), (stored) => {
    const ints = (name: string): Int32Array => {
      const found = stored.get(name);
      if (!found) throw new Error(`${folder}/io.safetensors has no tensor “${name}”.`);
      return asInt32(found);
    };
    return { io: floats(stored), inputIds: ints('input_ids'), greedy: ints('greedy') };
  });
  return { name: folder, config, weights, ...io };
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is no JSON: ${String(error)}`, { cause: error });
  }
}

function modelTypeOf(json: unknown): string | undefined {
  const isObject = typeof json === 'object' && json !== null;
  const found = isObject && 'model_type' in json ? json.model_type : undefined;
  return typeof found === 'string' ? found : undefined;
}

type Tensors = SafetensorsFile['tensors'];

/** Reads a file; what is wrong with its tensors is told with the file's name. */
async function readTensors<Result>(file: string, take: (tensors: Tensors) => Result) {
  const bytes = await readFile(file);
  try {
    return take(parseSafetensors(bytes).tensors);
  } catch (error) {
    if (!(error instanceof PlaygroundError)) throw error;
    const { code, message, remedy } = error;
    throw new PlaygroundError({ code, message: `${file}: ${message}`, remedy }, { cause: error });
  }
}

/** All tensors of float32; of another precision none is passed over, since it would be missed. */
function floats(tensors: Tensors): Map<string, NamedTensor> {
  const found = new Map<string, NamedTensor>();
  for (const [name, stored] of tensors) {
    // Ids and masks are no numbers to compute with.
    if (!/^B?F\d/.test(stored.dtype)) continue;
    found.set(name, { name, shape: stored.shape, values: asFloat32(stored) });
  }
  return found;
}
