/** @file Opening WASM with and without SIMD, and what is said when it is refused. */
import { beforeAll, describe, expect, it } from 'vitest';

import * as tf from '../../../webview/backends/tf';
import { openWasm, wasmBinaries } from '../../../webview/backends/wasm';
import { wasmBackend } from '../../../webview/backends/wasmBackend';
import { memoryLimits } from '../../../webview/config/memory';
import { useBackend, wasmAssets } from '../support/backends';

describe('opening WASM', () => {
  beforeAll(() => useBackend('cpu'));

  it('makes WASM current, with SIMD where there is', async () => {
    const asked: string[] = [];
    const { simd } = await openWasm((name) => {
      asked.push(name);
      return wasmAssets(name);
    });
    expect(simd).toBe(true);
    expect(asked).toEqual([wasmBinaries.simd]);
    expect(tf.getBackend()).toBe('wasm');
  });

  it('falls back to the plain binary without SIMD and multiplies there too', async () => {
    const { simd } = await openWasm(wasmAssets, () => Promise.resolve(false));
    expect(simd).toBe(false);
    const product = tf.matMul(tf.ones([2, 3]), tf.ones([4, 3]), false, true);
    expect([...product.dataSync()]).toEqual(Array(8).fill(3));
  });

  it('can be opened again after it was forgotten', async () => {
    await openWasm(wasmAssets);
    await openWasm(wasmAssets);
    expect([...tf.matMul(tf.ones([1, 2]), tf.ones([2, 1])).dataSync()]).toEqual([2]);
  });

  it('says what refused it, instead of a silent fall to plain CPU', async () => {
    const broken = () => Promise.resolve(new ArrayBuffer(8));
    await expect(openWasm(broken)).rejects.toMatchObject({
      code: 'wasm-blocked',
      message: expect.stringContaining('WebAssembly could not start') as string,
    });
  });

  it('has the sum of segments that gradients of gather need', async () => {
    await openWasm(wasmAssets);
    const table = tf.tensor([1, 2, 3, 4, 5, 6], [3, 2]);
    const ids = tf.tensor1d([2, 0, 2], 'int32');
    const gradient = tf.grad((x) => tf.sum(tf.gather(x, ids)))(table);
    expect([...gradient.dataSync()]).toEqual([1, 1, 0, 0, 2, 2]);
  });
});

describe('memory of WASM', () => {
  it('reaches to 4 GiB, and what is refused then is an error instead of address 0', async () => {
    await openWasm(wasmAssets);
    const { wasm } = wasmBackend(tf.backend()) as unknown as {
      wasm: { _malloc: (bytes: number) => number };
    };
    const piece = 2 ** 28;
    let held = 0;
    const fill = () => {
      for (;;) {
        wasm._malloc(piece);
        held += piece;
      }
    };
    expect(fill).toThrow(expect.objectContaining({ code: 'out-of-memory' }) as Error);
    expect(held).toBeGreaterThan(memoryLimits.wasm - 2 * piece);
    expect(() => tf.zeros([piece / 4])).toThrow('268 MB more were refused');
    await openWasm(wasmAssets);
    expect([...tf.ones([2]).dataSync()]).toEqual([1, 1]);
  });
});
