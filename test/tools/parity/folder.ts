/**
 * @file A parity folder: a tiny model saved by Python's transformers, with what Python computed
 * from it.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { ModelShape } from '../../../webview/config/model';
import { asFloat32, asInt32, parseSafetensors } from '../../../webview/formats/safetensors';
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
  const io = parseSafetensors(await readFile(join(folder, 'io.safetensors')));
  const ints = (name: string): Int32Array => {
    const stored = io.tensors.get(name);
    if (!stored) throw new Error(`${folder}/io.safetensors has no tensor “${name}”.`);
    return asInt32(stored);
  };
  return {
    name: folder,
    config: modelOfGpt2Config(json),
    weights: floats(await readFile(join(folder, 'model.safetensors'))),
    io: floats(await readFile(join(folder, 'io.safetensors'))),
    inputIds: ints('input_ids'),
    greedy: ints('greedy'),
  };
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

function floats(file: Uint8Array): Map<string, NamedTensor> {
  const found = new Map<string, NamedTensor>();
  for (const [name, stored] of parseSafetensors(file).tensors) {
    if (stored.dtype !== 'F32') continue;
    found.set(name, { name, shape: stored.shape, values: asFloat32(stored) });
  }
  return found;
}
