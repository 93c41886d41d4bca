/**
 * @file The typed arrays a message may carry, by name, so that both sides rebuild the same type.
 * BigInt arrays and DataViews are not among them: VS Code's host does not carry them everywhere.
 */

const constructors = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
} as const;

export const arrayTypes = [
  'ArrayBuffer',
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float32Array',
  'Float64Array',
] as const satisfies readonly ('ArrayBuffer' | keyof typeof constructors)[];

export type ArrayType = (typeof arrayTypes)[number];

/** 1 for a plain ArrayBuffer, whose length counts bytes. */
export function bytesPerElement(type: ArrayType): number {
  return type === 'ArrayBuffer' ? 1 : constructors[type].BYTES_PER_ELEMENT;
}

/**
 * The carried type of a view, a Node Buffer being a Uint8Array; undefined for those not carried.
 */
export function arrayTypeOf(view: ArrayBufferView): ArrayType | undefined {
  return arrayTypes.find((type) => type === tagOf(view));
}

/**
 * Also true for buffers of another realm, which `instanceof` would refuse; false for shared memory.
 */
export function isArrayBuffer(value: unknown): value is ArrayBuffer {
  return tagOf(value) === 'ArrayBuffer';
}

/** `length` elements of `buffer` from byte `offset`; the buffer itself where all of it is meant. */
export function viewOf(
  type: ArrayType,
  buffer: ArrayBuffer,
  offset: number,
  length: number,
): ArrayBuffer | ArrayBufferView {
  if (type !== 'ArrayBuffer') {
    return new constructors[type](buffer, offset, length);
  }
  return length === buffer.byteLength ? buffer : buffer.slice(offset, offset + length);
}

function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}
