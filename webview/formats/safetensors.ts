/**
 * @file Whole safetensors files: bytes to tensors and back. It knows the layout, not what tensors
 * mean; the header's checks are in `safetensorsHeader.ts`. Numbers are little endian, in the format
 * and on every machine this runs on.
 */
import {
  dtypeBytes,
  METADATA_KEY,
  PREFIX_BYTES,
  quote,
  readHeader,
  safetensorsError,
  type Dtype,
  type TensorInfo,
} from './safetensorsHeader';

/** A tensor of a file: what the header says, and its bytes as a view on the file's. */
export interface StoredTensor extends TensorInfo {
  readonly bytes: Uint8Array;
}

export interface SafetensorsFile {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata: ReadonlyMap<string, string>;
}

/** A tensor to write; `data` holds the product of `shape` elements of `dtype`, row by row. */
export interface WritableTensor {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly data: ArrayBufferView;
}

/** Where the tensors begin is a multiple of this, so that every type can be viewed in place. */
const ALIGNMENT = 8;

/** All of a file. The tensors are views: keep the buffer unchanged. @throws safetensors */
export function parseSafetensors(file: ArrayBuffer | Uint8Array): SafetensorsFile {
  const bytes = file instanceof Uint8Array ? file : new Uint8Array(file);
  const { tensors, metadata } = readHeader(bytes);
  const stored = [...tensors.values()].map((info): [string, StoredTensor] => [
    info.name,
    { ...info, bytes: bytes.subarray(info.offset, info.offset + info.byteLength) },
  ]);
  return { tensors: new Map(stored), metadata };
}

/**
 * A file's bytes. Tensors of wider elements come first, otherwise in the order given, so that each
 * lies at a multiple of its element's size.
 *
 * @throws safetensors, for a name used twice or data that do not fit the shape.
 */
export function writeSafetensors(
  tensors: readonly WritableTensor[],
  metadata: ReadonlyMap<string, string> = new Map(),
): Uint8Array<ArrayBuffer> {
  const ordered = [...tensors].sort((a, b) => dtypeBytes[b.dtype] - dtypeBytes[a.dtype]);
  const entries: [string, unknown][] = [];
  if (metadata.size > 0) {
    entries.push([METADATA_KEY, Object.fromEntries(metadata)]);
  }
  const names = new Set<string>([METADATA_KEY]);
  let dataBytes = 0;
  for (const { name, dtype, shape, data } of ordered) {
    const needed = shape.reduce((product, size) => product * size, dtypeBytes[dtype]);
    if (data.byteLength !== needed) {
      throw safetensorsError(
        `Tensor ${quote(name)}, ${dtype} [${shape.join(', ')}], takes ${needed} bytes; ${data.byteLength} were given.`,
        'Give it the shape of its data.',
      );
    }
    if (names.has(name)) {
      throw safetensorsError(`The name ${quote(name)} is taken.`, 'Give each tensor its own name.');
    }
    names.add(name);
    entries.push([name, { dtype, shape, data_offsets: [dataBytes, dataBytes + needed] }]);
    dataBytes += needed;
  }
  const header = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const headerBytes = Math.ceil(header.length / ALIGNMENT) * ALIGNMENT;
  const file = new Uint8Array(PREFIX_BYTES + headerBytes + dataBytes);
  new DataView(file.buffer).setUint32(0, headerBytes, true);
  file.set(header, PREFIX_BYTES);
  file.fill(0x20, PREFIX_BYTES + header.length, PREFIX_BYTES + headerBytes);
  let at = PREFIX_BYTES + headerBytes;
  for (const { data } of ordered) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return file;
}

/** The numbers of an F32 tensor: a view where the file's alignment allows it, otherwise a copy. */
export function asFloat32(tensor: StoredTensor): Float32Array {
  return new Float32Array(...elements(tensor, 'F32'));
}

/** The numbers of an I32 tensor: a view where the file's alignment allows it, otherwise a copy. */
export function asInt32(tensor: StoredTensor): Int32Array {
  return new Int32Array(...elements(tensor, 'I32'));
}

/** The numbers of a U8 tensor: a view. */
export function asUint8(tensor: StoredTensor): Uint8Array {
  return new Uint8Array(...elements(tensor, 'U8'));
}

function elements(
  { name, dtype, bytes }: StoredTensor,
  wanted: Dtype,
): [buffer: ArrayBufferLike, offset: number, length: number] {
  if (dtype !== wanted) {
    throw safetensorsError(
      `Tensor ${quote(name)} is of type ${dtype}; ${wanted} is needed here.`,
      `Save it as ${wanted}.`,
    );
  }
  const size = dtypeBytes[dtype];
  const aligned = bytes.byteOffset % size === 0 ? bytes : bytes.slice();
  return [aligned.buffer, aligned.byteOffset, bytes.byteLength / size];
}
