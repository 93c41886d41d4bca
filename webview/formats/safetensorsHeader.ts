/**
 * @file The header of a safetensors file, read as if from an enemy: every length, offset and name
 * is checked before anything is used. It needs the first bytes of a file only, so that huge ones
 * can be looked into. Source: https://github.com/huggingface/safetensors#format
 */
import { PlaygroundError } from '../config/errors';
import * as z from '../config/zod';
import { findDuplicateKey } from './duplicateKeys';

/** Bytes an element takes, for every type with whole bytes. */
export const dtypeBytes = {
  BOOL: 1,
  U8: 1,
  I8: 1,
  F8_E5M2: 1,
  F8_E4M3: 1,
  U16: 2,
  I16: 2,
  F16: 2,
  BF16: 2,
  U32: 4,
  I32: 4,
  F32: 4,
  U64: 8,
  I64: 8,
  F64: 8,
} as const;

export type Dtype = keyof typeof dtypeBytes;

export interface TensorInfo {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  /** First byte in the file. */
  readonly offset: number;
  readonly byteLength: number;
}

export interface SafetensorsHeader {
  /** By name, in the order of their bytes. */
  readonly tensors: ReadonlyMap<string, TensorInfo>;
  readonly metadata: ReadonlyMap<string, string>;
}

/** Bytes before the header: its length as an unsigned 64 bit number, little endian. */
export const PREFIX_BYTES = 8;
/** The format's own limit. */
const MAX_HEADER_BYTES = 100_000_000;
export const METADATA_KEY = '__metadata__';

const count = z.int().check(z.nonnegative());
const entrySchema = z.object({
  dtype: z.string(),
  shape: z.array(count),
  data_offsets: z.tuple([count, count]),
});
const metadataSchema = z.record(z.string(), z.string());

/** An error of this format: `message` names tensor and value. */
export function safetensorsError(message: string, remedy?: string): PlaygroundError {
  return new PlaygroundError({
    code: 'safetensors',
    message,
    remedy: remedy ?? 'The file is damaged or was cut off: copy or download it again.',
  });
}

/**
 * Bytes of the header, from a file's first eight bytes.
 *
 * @throws safetensors, if the file of `totalLength` bytes cannot hold it.
 */
export function readHeaderLength(start: Uint8Array, totalLength: number): number {
  if (totalLength < PREFIX_BYTES || start.byteLength < PREFIX_BYTES) {
    throw safetensorsError(
      `A safetensors file begins with ${PREFIX_BYTES} bytes of length; this one has ${Math.min(totalLength, start.byteLength)}.`,
    );
  }
  const view = new DataView(start.buffer, start.byteOffset);
  const length = view.getUint32(4, true) * 2 ** 32 + view.getUint32(0, true);
  if (length > MAX_HEADER_BYTES) {
    throw safetensorsError(
      `The header claims ${length} bytes; at most ${MAX_HEADER_BYTES} are allowed.`,
      'Check that this is a safetensors file.',
    );
  }
  if (length > totalLength - PREFIX_BYTES) {
    throw safetensorsError(
      `The header claims ${length} bytes, but only ${totalLength - PREFIX_BYTES} follow.`,
    );
  }
  return length;
}

/**
 * What a file of `totalLength` bytes holds. `bytes` is the file or its beginning, with the whole
 * header.
 *
 * @throws safetensors, naming the tensor and the value that is wrong.
 */
export function readHeader(bytes: Uint8Array, totalLength = bytes.byteLength): SafetensorsHeader {
  const headerLength = readHeaderLength(bytes, totalLength);
  const dataStart = PREFIX_BYTES + headerLength;
  if (bytes.byteLength < dataStart) {
    throw safetensorsError(
      `The header ends at byte ${dataStart}, but only ${bytes.byteLength} were read.`,
    );
  }
  const entries = parseHeader(bytes.subarray(PREFIX_BYTES, dataStart));
  let metadata = new Map<string, string>();
  const infos: TensorInfo[] = [];
  for (const [name, value] of entries) {
    if (name === METADATA_KEY) {
      metadata = readMetadata(value);
    } else {
      infos.push(readEntry(name, value, dataStart));
    }
  }
  infos.sort((a, b) => a.offset - b.offset || a.byteLength - b.byteLength);
  checkLayout(infos, dataStart, totalLength);
  return { tensors: new Map(infos.map((info) => [info.name, info])), metadata };
}

function parseHeader(bytes: Uint8Array): [string, unknown][] {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw damagedHeader('is not UTF-8 text', error);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw damagedHeader('is not JSON', error);
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw safetensorsError('The header is not a JSON object.');
  }
  const duplicate = findDuplicateKey(text);
  if (duplicate !== undefined) {
    throw safetensorsError(`The header names ${quote(duplicate)} twice.`);
  }
  return Object.entries(json);
}

function damagedHeader(how: string, cause: unknown): PlaygroundError {
  const { code, message, remedy } = safetensorsError(`The header ${how}.`);
  return new PlaygroundError({ code, message, remedy }, { cause });
}

function readMetadata(value: unknown): Map<string, string> {
  const parsed = metadataSchema.safeParse(value);
  if (!parsed.success) {
    const key = parsed.error.issues[0]?.path[0];
    throw safetensorsError(
      key === undefined
        ? `${METADATA_KEY} is not an object of texts.`
        : `${METADATA_KEY} holds ${quote(String(key))}, which is not a text.`,
    );
  }
  return new Map(Object.entries(parsed.data));
}

function readEntry(name: string, value: unknown, dataStart: number): TensorInfo {
  const parsed = entrySchema.safeParse(value);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
    throw safetensorsError(
      `Tensor ${quote(name)} has no valid ${field === '' ? 'description' : field}.`,
    );
  }
  const { dtype, shape, data_offsets: offsets } = parsed.data;
  if (!isDtype(dtype)) {
    throw safetensorsError(
      `Tensor ${quote(name)} is of type ${quote(dtype)}, which is not known here.`,
      `Convert it to one of ${Object.keys(dtypeBytes).join(', ')}.`,
    );
  }
  const [begin, end] = offsets;
  const needed = shape.reduce((product, size) => product * size, dtypeBytes[dtype]);
  if (needed !== end - begin) {
    throw safetensorsError(
      `Tensor ${quote(name)}, ${dtype} [${shape.join(', ')}], takes ${needed} bytes, but its place is from ${begin} to ${end}.`,
    );
  }
  return { name, dtype, shape, offset: dataStart + begin, byteLength: needed };
}

/** Tensors lie one after the other and fill the file to its end, as the format demands. */
function checkLayout(infos: readonly TensorInfo[], dataStart: number, totalLength: number): void {
  let end = dataStart;
  for (const { name, offset, byteLength } of infos) {
    if (offset !== end) {
      const what = offset > end ? 'a gap before it' : 'bytes it shares with another';
      throw safetensorsError(
        `Tensor ${quote(name)} has ${what}: see byte ${Math.min(offset, end)}.`,
      );
    }
    end = offset + byteLength;
    if (end > totalLength) {
      throw safetensorsError(
        `Tensor ${quote(name)} ends at byte ${end} of a file of ${totalLength}.`,
      );
    }
  }
  if (end !== totalLength) {
    throw safetensorsError(`The last tensor ends at byte ${end}, the file at ${totalLength}.`);
  }
}

function isDtype(name: string): name is Dtype {
  return Object.hasOwn(dtypeBytes, name);
}

/** A name from a file, short enough for a message. */
export function quote(name: string): string {
  return JSON.stringify(name.length > 80 ? `${name.slice(0, 77)}...` : name);
}
