/** @file What the wire carries and what it refuses, also from a sender that means harm. */
import { describe, expect, it } from 'vitest';
import { pack, unpack } from '../../../webview/protocol/wire';
import type { Body } from '../../../webview/protocol/wireFrames';

describe('pack', () => {
  it.each([
    [{ a: [1, undefined] }, 'x.a[1] is undefined.'],
    [new Array<number>(2), 'x[0] is undefined.'],
    [{ a: new Map() }, 'x.a is a Map.'],
    [{ a: new Set() }, 'x.a is a Set.'],
    [{ a: new Date(0) }, 'x.a is a Date.'],
    [{ a: () => 1 }, 'x.a is a function.'],
    [{ a: Symbol('s') }, 'x.a is a symbol.'],
    [[10n], 'x[0] is the BigInt 10.'],
    [{ a: new BigInt64Array(1) }, 'x.a is a BigInt64Array.'],
    [{ a: new Float32Array(new SharedArrayBuffer(8)) }, 'x.a is shared memory.'],
    [{ a: new Error('e') }, 'x.a is a Error.'],
  ])('refuses %o by its path', (value, message) => {
    expect(() => pack(value, 'x')).toThrow(message);
  });

  it('refuses a value that contains itself instead of running for ever', () => {
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    expect(() => pack(loop, 'x')).toThrow(/nested deeper than 64/);
  });

  it('copies buffers unless they are given away, and then keeps views on one buffer together', () => {
    const buffer = new ArrayBuffer(16);
    const value = { a: new Float32Array(buffer, 0, 2), b: new Uint8Array(buffer, 8, 3) };
    const copied = pack(value, 'x');
    expect(copied.buffers.map(({ byteLength }) => byteLength)).toEqual([8, 3]);
    expect(copied.buffers).not.toContain(buffer);
    const given = pack(value, 'x', [buffer]);
    expect(given.buffers).toEqual([buffer]);
    expect(unpack(given.body, given.buffers)).toEqual(value);
  });

  it('leaves only what JSON keeps: fields that are undefined go', () => {
    expect(pack({ a: undefined, b: 1 }, 'x').body).toEqual({ json: { b: 1 } });
  });
});

describe('unpack', () => {
  const array = { type: 'Float32Array', buffer: 0, offset: 0, length: 1 } as const;
  const four = [new ArrayBuffer(4)];

  it.each<[string, Body]>([
    [
      'a path through the prototype',
      { json: {}, arrays: [{ ...array, path: ['__proto__', 'x'] }] },
    ],
    ['the prototype itself', { json: {}, arrays: [{ ...array, path: ['__proto__'] }] }],
    ['the constructor', { json: {}, arrays: [{ ...array, path: ['constructor', 'prototype'] }] }],
    ['a place that is taken', { json: { a: 1 }, arrays: [{ ...array, path: ['a'] }] }],
    ['a place that is not there', { json: {}, arrays: [{ ...array, path: ['a'] }] }],
    ['a number under a text', { json: 'a', numbers: [{ path: [0], value: 'NaN' }] }],
    ['a missing buffer', { json: null, arrays: [{ ...array, path: [], buffer: 1 }] }],
    ['too many elements', { json: null, arrays: [{ ...array, path: [], length: 2 }] }],
    ['an offset past the end', { json: null, arrays: [{ ...array, path: [], offset: 4 }] }],
    ['an odd offset', { json: null, arrays: [{ ...array, path: [], offset: 1, length: 0 }] }],
  ])('refuses %s', (_what, body) => {
    expect(() => unpack(body, four)).toThrow(/A message was damaged/);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it('keeps a key named __proto__ a mere key', () => {
    const value: unknown = JSON.parse('{"__proto__":{"polluted":true},"n":1}');
    const { body, buffers } = pack(value, 'x');
    const back = unpack(body, buffers) as Record<string, unknown>;
    expect(back.polluted).toBeUndefined();
    expect(Object.keys(back)).toEqual(['__proto__', 'n']);
  });
});
