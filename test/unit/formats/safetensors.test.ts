/** @file Files are read exactly, and no damaged or hostile file gets past the named error. */
import { describe, expect, it } from 'vitest';
import { PlaygroundError } from '../../../webview/config/errors';
import {
  asFloat32,
  asInt32,
  parseSafetensors,
  writeSafetensors,
} from '../../../webview/formats/safetensors';
import { readHeader, readHeaderLength } from '../../../webview/formats/safetensorsHeader';

/** A file from a header's text and data, without any of our code. */
function fileOf(header: string | Uint8Array, dataBytes = 0, claimed?: bigint): Uint8Array {
  const text = typeof header === 'string' ? Buffer.from(header) : header;
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(claimed ?? BigInt(text.length));
  return new Uint8Array(Buffer.concat([length, text, Buffer.alloc(dataBytes)]));
}

const f32 = (shape: number[], begin: number, end: number): string =>
  JSON.stringify({ dtype: 'F32', shape, data_offsets: [begin, end] });

const good = (): Uint8Array<ArrayBuffer> =>
  writeSafetensors(
    [
      { name: 'flags', dtype: 'U8', shape: [3], data: new Uint8Array([1, 2, 3]) },
      { name: 'weight', dtype: 'F32', shape: [2, 3], data: new Float32Array([1, 2, 3, 4, 5, NaN]) },
      { name: 'ids', dtype: 'I32', shape: [2], data: new Int32Array([-1, 7]) },
      { name: 'ü.scalar', dtype: 'F32', shape: [], data: new Float32Array([0.5]) },
      { name: 'empty', dtype: 'I64', shape: [0, 4], data: new Uint8Array(0) },
    ],
    new Map([['note', 'a "quoted" { text : with } braces']]),
  );

describe('a safetensors file', () => {
  it('gives back what was written, each tensor aligned to its elements', () => {
    const { tensors, metadata } = parseSafetensors(good());
    const tensor = (name: string) => {
      const found = tensors.get(name);
      if (found === undefined) {
        throw new Error(`${name} is missing`);
      }
      return found;
    };
    expect([...tensors.keys()].sort()).toEqual(['empty', 'flags', 'ids', 'weight', 'ü.scalar']);
    expect(asFloat32(tensor('weight'))).toEqual(new Float32Array([1, 2, 3, 4, 5, NaN]));
    expect(tensor('weight').shape).toEqual([2, 3]);
    expect(asInt32(tensor('ids'))).toEqual(new Int32Array([-1, 7]));
    expect(asFloat32(tensor('ü.scalar'))).toEqual(new Float32Array([0.5]));
    expect([...tensor('flags').bytes]).toEqual([1, 2, 3]);
    expect(tensor('empty').byteLength).toBe(0);
    expect(metadata.get('note')).toBe('a "quoted" { text : with } braces');
    expect(tensor('weight').offset % 8).toBe(0);
    expect(tensor('ids').offset % 4).toBe(0);
  });

  it('is read the same from the middle of a larger, unaligned buffer', () => {
    const file = good();
    const shifted = new Uint8Array(file.length + 3);
    shifted.set(file, 3);
    const weight = parseSafetensors(shifted.subarray(3)).tensors.get('weight');
    expect(weight && asFloat32(weight)[3]).toBe(4);
  });

  it('can be looked into from its first bytes alone', () => {
    const file = good();
    const length = readHeaderLength(file.subarray(0, 8), file.length);
    const { tensors } = readHeader(file.subarray(0, 8 + length), file.length);
    expect(tensors.get('weight')?.byteLength).toBe(24);
    expect(() => readHeader(file.subarray(0, 20), file.length)).toThrow(/only 20 were read/);
  });

  it('is what other programs write: no metadata, padded, in any order', () => {
    const header = `{"b":${f32([1], 4, 8)},"a":${f32([1], 0, 4)}}    `;
    expect([...parseSafetensors(fileOf(header, 8)).tensors.keys()]).toEqual(['a', 'b']);
    expect(parseSafetensors(fileOf('{}')).tensors.size).toBe(0);
  });

  it('may name a tensor as JavaScript names its own things', () => {
    const names = ['__proto__', 'constructor', 'toString', '0'];
    const data = new Float32Array([1]);
    const file = writeSafetensors(names.map((name) => ({ name, dtype: 'F32', shape: [1], data })));
    expect([...parseSafetensors(file).tensors.keys()].sort()).toEqual([...names].sort());
    expect(Object.hasOwn(Object.prototype, 'dtype')).toBe(false);
  });
});

describe('a file that is not right is refused, by name:', () => {
  const two = 2 ** 53;
  it.each<[string, Uint8Array, RegExp]>([
    ['nothing in it', new Uint8Array(0), /begins with 8 bytes of length; this one has 0/],
    ['a header longer than the file', fileOf('{}', 0, 3n), /claims 3 bytes, but only 2 follow/],
    ['a header of 2^63 bytes', fileOf('{}', 0, 2n ** 63n), /claims 9223372036854776000 bytes/],
    ['no UTF-8', fileOf(new Uint8Array([0x7b, 0xff, 0x7d])), /not UTF-8/],
    ['a byte order mark', fileOf('\ufeff{}'), /not JSON/],
    ['no JSON', fileOf('{"a"'), /not JSON/],
    ['an array', fileOf('[]'), /not a JSON object/],
    ['a null', fileOf('null'), /not a JSON object/],
    [
      'a name twice',
      fileOf(`{"a":${f32([1], 0, 4)},"\\u0061" :${f32([1], 4, 8)}}`, 8),
      /"a" twice/,
    ],
    ['a field twice', fileOf('{"a":{"dtype":"F32","dtype":"U8"}}'), /"dtype" twice/],
    ['a tensor without type', fileOf('{"w":{"shape":[1]}}'), /Tensor "w" has no valid dtype/],
    ['a tensor that is a text', fileOf('{"w":"F32"}'), /Tensor "w" has no valid description/],
    [
      'a type of the future',
      fileOf(
        f32([1], 0, 4).replace(/.*/, '{"w":{"dtype":"F4","shape":[1],"data_offsets":[0,1]}}'),
        1,
      ),
      /"w" is of type "F4"/,
    ],
    [
      'a type from the prototype',
      fileOf('{"w":{"dtype":"toString","shape":[1],"data_offsets":[0,1]}}', 1),
      /type "toString"/,
    ],
    ['a negative size', fileOf(`{"w":${f32([-1], 0, 4)}}`, 4), /"w" has no valid shape\.0/],
    ['half an element', fileOf(`{"w":${f32([1.5], 0, 6)}}`, 6), /"w" has no valid shape\.0/],
    ['sizes of 2^53', fileOf(`{"w":${f32([two], 0, 4)}}`, 4), /"w" has no valid shape\.0/],
    [
      'sizes whose product overflows',
      fileOf(`{"w":${f32([two - 1, two - 1], 0, 4)}}`, 4),
      /"w", F32 \[9007199254740991, 9007199254740991\], takes/,
    ],
    [
      'three offsets',
      fileOf('{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}', 4),
      /"w" has no valid data_offsets/,
    ],
    ['offsets the wrong way round', fileOf(`{"w":${f32([1], 4, 0)}}`, 4), /place is from 4 to 0/],
    [
      'too few bytes for the shape',
      fileOf(`{"w":${f32([2], 0, 4)}}`, 4),
      /takes 8 bytes, but its place is from 0 to 4/,
    ],
    [
      'a hole',
      fileOf(`{"a":${f32([1], 0, 4)},"w":${f32([1], 8, 12)}}`, 12),
      /"w" has a gap before it/,
    ],
    ['a hole at the start', fileOf(`{"w":${f32([1], 4, 8)}}`, 8), /"w" has a gap before it/],
    [
      'shared bytes',
      fileOf(`{"a":${f32([2], 0, 8)},"w":${f32([2], 4, 12)}}`, 12),
      /"w" has bytes it shares/,
    ],
    [
      'a tensor past the end',
      fileOf(`{"w":${f32([2], 0, 8)}}`, 4),
      /"w" ends at byte \d+ of a file of \d+/,
    ],
    ['bytes behind the last', fileOf(`{"w":${f32([1], 0, 4)}}`, 8), /last tensor ends at byte/],
    [
      'metadata with numbers',
      fileOf('{"__metadata__":{"step":5}}'),
      /__metadata__ holds "step", which is not a text/,
    ],
    ['metadata that is a list', fileOf('{"__metadata__":[]}'), /__metadata__ is not an object/],
  ])('%s', (_what, file, message) => {
    const read = (): unknown => parseSafetensors(file);
    expect(read).toThrow(PlaygroundError);
    expect(read).toThrow(message);
    expect(read).toThrow(expect.objectContaining({ code: 'safetensors' }) as Error);
  });

  it('data that do not fit, or a name taken, when written', () => {
    const data = new Float32Array(3);
    const tensor = { name: 'w', dtype: 'F32', shape: [3], data } as const;
    expect(() => writeSafetensors([{ ...tensor, shape: [4] }])).toThrow(/takes 16 bytes; 12 were/);
    expect(() => writeSafetensors([tensor, tensor])).toThrow(/"w" is taken/);
    expect(() => writeSafetensors([{ ...tensor, name: '__metadata__' }])).toThrow(/is taken/);
  });

  it('a tensor read as another type', () => {
    const ids = parseSafetensors(good()).tensors.get('ids');
    expect(() => ids && asFloat32(ids)).toThrow(/"ids" is of type I32; F32 is needed/);
  });

  it('any of 3000 random mutations, which are read whole or refused with the named error', () => {
    let state = 12345;
    const random = (below: number): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    const original = good();
    const headerEnd = 8 + readHeaderLength(original, original.length);
    const interesting = [0, 0x22, 0x2c, 0x30, 0x39, 0x5b, 0x5c, 0x5d, 0x7b, 0x7d, 0x2d, 0xff];
    let refused = 0;
    for (let round = 0; round < 3000; round += 1) {
      let file = good();
      for (let edits = random(3); edits >= 0; edits -= 1) {
        const at = random(random(4) === 0 ? file.length : Math.min(headerEnd, file.length));
        switch (random(5)) {
          case 0:
            file[at] = random(256);
            break;
          case 1:
            file[at] = interesting[random(interesting.length)] ?? 0;
            break;
          case 2:
            file = file.slice(0, at);
            break;
          case 3:
            file = new Uint8Array([...file.subarray(0, at), random(256), ...file.subarray(at)]);
            break;
          default:
            file.copyWithin(at, random(file.length), random(file.length));
        }
      }
      try {
        for (const { bytes, byteLength } of parseSafetensors(file).tensors.values()) {
          expect(bytes.byteLength).toBe(byteLength);
        }
      } catch (error) {
        expect(error).toMatchObject({ name: 'PlaygroundError', code: 'safetensors' });
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(1500);
  });

  it('a long tokenizer in the metadata', () => {
    const tokenizer = '\\"{:'.repeat(500_000);
    const file = writeSafetensors([], new Map([['tokenizer', tokenizer]]));
    expect(parseSafetensors(file).metadata.get('tokenizer')).toBe(tokenizer);
  });
});
