/**
 * @file Moving weights between our parameters and Hugging Face's tensors: cutting `c_attn` in three
 * and joining it.
 */
import { PlaygroundError } from '../config/errors';
import { gpt2Slot } from './gpt2Names';

/** A tensor outside the device. */
export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Our parameters as Hugging Face's tensors. What GPT-2 does not have keeps our name. */
export function toHuggingFace(parameters: readonly NamedTensor[]): NamedTensor[] {
  const packed = new Map<string, [NamedTensor?, NamedTensor?, NamedTensor?]>();
  const tensors: NamedTensor[] = [];
  for (const parameter of parameters) {
    const slot = gpt2Slot(parameter.name);
    if (slot?.third === undefined) {
      tensors.push({ ...parameter, name: slot?.name ?? parameter.name });
      continue;
    }
    const thirds = packed.get(slot.name) ?? [];
    thirds[slot.third] = parameter;
    packed.set(slot.name, thirds);
  }
  for (const [name, [query, key, value]] of packed) {
    if (query && key && value) tensors.push(join(name, [query, key, value]));
    else tensors.push(...[query, key, value].filter((part) => part !== undefined));
  }
  return tensors;
}

/** Our parameters of these names, cut from Hugging Face's tensors; missing ones are left out. */
export function fromHuggingFace(
  names: readonly string[],
  tensors: ReadonlyMap<string, NamedTensor>,
): Map<string, Float32Array> {
  const values = new Map<string, Float32Array>();
  for (const name of names) {
    const slot = gpt2Slot(name);
    const packed = slot && tensors.get(slot.name);
    if (packed) {
      values.set(name, slot.third === undefined ? packed.values : cut(packed, slot.third));
      continue;
    }
    const own = tensors.get(name);
    if (own) values.set(name, own.values);
  }
  return values;
}

/** [in × d], [in × d], [in × d] → [in × 3d] */
function join(name: string, parts: readonly NamedTensor[]): NamedTensor {
  const [first] = parts;
  const shape = first?.shape ?? [];
  const width = shape.at(-1) ?? 0;
  const rows = (first?.values.length ?? 0) / Math.max(1, width);
  const values = new Float32Array(rows * width * parts.length);
  parts.forEach((part, index) => {
    for (let row = 0; row < rows; row++) {
      const from = part.values.subarray(row * width, (row + 1) * width);
      values.set(from, (row * parts.length + index) * width);
    }
  });
  return { name, shape: [...shape.slice(0, -1), width * parts.length], values };
}

/** [in × 3d] → the `third`-th [in × d] */
function cut({ name, shape, values }: NamedTensor, third: number): Float32Array {
  const packedWidth = shape.at(-1) ?? 0;
  if (packedWidth % 3 !== 0) {
    throw new PlaygroundError({
      code: 'checkpoint-does-not-fit',
      message: `${name} has shape [${shape.join(', ')}], whose last axis cannot hold query, key and value.`,
      remedy: 'Open the checkpoint with the configuration it was trained with.',
    });
  }
  const width = packedWidth / 3;
  const rows = packedWidth === 0 ? 0 : values.length / packedWidth;
  const part = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    const from = row * packedWidth + third * width;
    part.set(values.subarray(from, from + width), row * width);
  }
  return part;
}
