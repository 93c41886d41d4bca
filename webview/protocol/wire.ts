/**
 * @file Values as the wire carries them: plain JSON, with every buffer and every non-finite number
 * taken out, listed by its path and put back on the other side. VS Code's host turns NaN into null
 * and loses BigInts without an error; here the first arrives and the second is refused by name.
 */
import { decodeNumber, encodeNumber } from '../formats/nonFinite';
import { arrayTypeOf, bytesPerElement, isArrayBuffer, viewOf, type ArrayType } from './wireArrays';
import type { Body } from './wireFrames';
import { endpointError } from './errors';

/** A value ready to be sent. */
export interface Packed {
  /** Everything but the bytes. */
  readonly body: Body;
  /**
   * The bytes, as `body.arrays` refer to them: copies or given away, so they may be transferred.
   */
  readonly buffers: ArrayBuffer[];
}

/** A path inside a value: keys of objects and indices of arrays. */
type Path = (string | number)[];

/** Deeper than any message of ours; a value that contains itself would go on for ever. */
const MAX_DEPTH = 64;

/**
 * Copies `value` into plain JSON and buffers. The copy is a snapshot: the sender may change its
 * value at once. Buffers in `give` are handed over uncopied and must not be touched afterwards.
 *
 * @throws not-wire, naming the path, for what JSON would change or lose in silence: a BigInt, a
 * function, a symbol, undefined in an array, a Map, Set, Date or other class, a value inside
 * itself.
 */
export function pack(value: unknown, what: string, give: readonly ArrayBuffer[] = []): Packed {
  const body: Required<Pick<Body, 'arrays' | 'numbers'>> = { arrays: [], numbers: [] };
  const buffers: ArrayBuffer[] = [];
  const given = new Map<ArrayBuffer, number>();
  const path: Path = [];

  const refuse = (found: string, remedy: string): never => {
    throw endpointError('not-wire', `${what}${formatPath(path)} is ${found}.`, remedy);
  };

  const addArray = (type: ArrayType, source: ArrayBufferLike, offset: number, bytes: number) => {
    if (!isArrayBuffer(source)) {
      return refuse('shared memory', 'Copy it with slice() before sending.');
    }
    const length = bytes / bytesPerElement(type);
    if (!give.includes(source)) {
      buffers.push(source.slice(offset, offset + bytes));
      body.arrays.push({ path: [...path], type, buffer: buffers.length - 1, offset: 0, length });
      return null;
    }
    const buffer = given.get(source) ?? buffers.push(source) - 1;
    given.set(source, buffer);
    body.arrays.push({ path: [...path], type, buffer, offset, length });
    return null;
  };

  const packMember = (key: string | number, member: unknown): unknown => {
    path.push(key);
    const packed =
      member === undefined ? refuse('undefined', 'Leave it out or send null.') : packAny(member);
    path.pop();
    return packed;
  };

  const packObject = (object: object): unknown => {
    if (path.length > MAX_DEPTH) {
      return refuse(`nested deeper than ${MAX_DEPTH}`, 'Send a flatter value without cycles.');
    }
    if (Array.isArray(object)) {
      // Array.from visits holes, which map would leave to become null.
      return Array.from(object, (member: unknown, index) => packMember(index, member));
    }
    if (isPlain(object)) {
      const copy: Record<string, unknown> = {};
      for (const [key, member] of Object.entries(object)) {
        if (member !== undefined) {
          define(copy, key, packMember(key, member));
        }
      }
      return copy;
    }
    if (ArrayBuffer.isView(object)) {
      const type = arrayTypeOf(object);
      return type === undefined
        ? refuse(describe(object), 'Send a typed array of 8 to 64 bit numbers.')
        : addArray(type, object.buffer, object.byteOffset, object.byteLength);
    }
    if (isArrayBuffer(object)) {
      return addArray('ArrayBuffer', object, 0, object.byteLength);
    }
    return refuse(describe(object), 'Send plain objects, arrays and typed arrays.');
  };

  const packAny = (any: unknown): unknown => {
    switch (typeof any) {
      case 'string':
      case 'boolean':
      case 'undefined':
        return any;
      case 'number': {
        const encoded = encodeNumber(any);
        if (typeof encoded === 'string') {
          body.numbers.push({ path: [...path], value: encoded });
          return null;
        }
        return encoded;
      }
      case 'object':
        return any === null ? null : packObject(any);
      case 'bigint':
        return refuse(`the BigInt ${any}`, 'Send a number or a string.');
      case 'function':
      case 'symbol':
        return refuse(`a ${typeof any}`, 'Send data only.');
    }
  };

  const json = packAny(value);
  return {
    body: {
      ...(json === undefined ? {} : { json }),
      ...(body.arrays.length > 0 ? { arrays: body.arrays } : {}),
      ...(body.numbers.length > 0 ? { numbers: body.numbers } : {}),
    },
    buffers,
  };
}

/**
 * The value that was packed. `body` is changed in place.
 *
 * @throws malformed, if a path leads nowhere or an array does not fit its buffer.
 */
export function unpack(body: Body, buffers: readonly ArrayBuffer[]): unknown {
  const root: { json: unknown } = { json: body.json };
  for (const { path, type, buffer, offset, length } of body.arrays ?? []) {
    const source = buffers[buffer];
    const fits =
      source !== undefined &&
      offset % bytesPerElement(type) === 0 &&
      offset + length * bytesPerElement(type) <= source.byteLength;
    if (!fits) {
      throw malformed(path, `${type} of ${length} does not fit its buffer`);
    }
    put(root, path, viewOf(type, source, offset, length));
  }
  for (const { path, value } of body.numbers ?? []) {
    put(root, path, decodeNumber(value));
  }
  return root.json;
}

/** Replaces the null that {@link pack} left at `path`. Only own properties are followed. */
function put(root: { json: unknown }, path: readonly (string | number)[], value: unknown): void {
  let holder: object = root;
  let key: string | number = 'json';
  for (const next of path) {
    const inner: unknown = own(holder, key);
    if (typeof inner !== 'object' || inner === null || ArrayBuffer.isView(inner)) {
      throw malformed(path, 'nothing is there');
    }
    holder = inner;
    key = next;
  }
  if (own(holder, key) !== null) {
    throw malformed(path, 'the place is not free');
  }
  define(holder, key, value);
}

/** Sets an own property; an assignment to `__proto__` would set the prototype. */
function define(holder: object, key: string | number, value: unknown): void {
  if (key === '__proto__') {
    const own = { writable: true, enumerable: true, configurable: true };
    Object.defineProperty(holder, key, { value, ...own });
  } else {
    (holder as Record<string | number, unknown>)[key] = value;
  }
}

function own(holder: object, key: string | number): unknown {
  return Object.getOwnPropertyDescriptor(holder, key)?.value;
}

function malformed(path: readonly (string | number)[], why: string): Error {
  return endpointError(
    'malformed',
    `A message was damaged: at "message${formatPath(path)}" ${why}.`,
    'Reload the window.',
  );
}

/** `[3].loss` as a program would write it. */
function formatPath(path: readonly (string | number)[]): string {
  return path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
}

/** Made by `{}`, `JSON.parse` or `Object.create(null)`, in this realm or another. */
function isPlain(object: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(object);
  return (
    prototype === null ||
    (typeof prototype === 'object' && Object.getPrototypeOf(prototype) === null)
  );
}

function describe(object: object): string {
  const name = Object.prototype.toString.call(object).slice(8, -1);
  return `a ${name === 'Object' ? object.constructor.name : name}`;
}
