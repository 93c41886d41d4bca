/** @file The mask: no query sees a key that comes after it, at whatever size it is asked for. */
import { beforeAll, describe, expect, it } from 'vitest';

import * as tf from '../../../webview/backends/tf';
import { openWasm } from '../../../webview/backends/wasm';
import { maskFuture } from '../../../webview/ops/maskFuture';
import { dispose, keep, read, tensor, tidy } from '../../../webview/ops/values';
import { testedBackends, useBackend, wasmAssets } from '../support/backends';

/** 1 where a query may see a key, row by row. */
async function visible(queries: number, keys: number, firstQuery = 0): Promise<number[]> {
  const scores = new Float32Array(queries * keys).fill(1);
  const masked = tidy(() => keep(maskFuture(tensor(scores, [1, 1, queries, keys]), firstQuery)));
  const values = Array.from(await read(masked), (value) => (value === 1 ? 1 : 0));
  dispose(masked);
  return values;
}

describe.each(testedBackends)('the mask on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it('grows and shrinks with the text, from one tensor', async () => {
    expect(await visible(2, 2)).toEqual([1, 0, 1, 1]);
    const before = tf.memory().numTensors;
    expect(await visible(3, 3)).toEqual([1, 0, 0, 1, 1, 0, 1, 1, 1]);
    expect(await visible(2, 2)).toEqual([1, 0, 1, 1]);
    expect(await visible(1, 1)).toEqual([1]);
    expect(await visible(4, 4)).toEqual([1, 0, 0, 0, 1, 1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 1]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('lets a query behind a cache see what the cache holds', async () => {
    expect(await visible(1, 4, 2)).toEqual([1, 1, 1, 0]);
    expect(await visible(2, 4, 1)).toEqual([1, 1, 0, 0, 1, 1, 1, 0]);
  });
});

describe('a backend that is opened again', () => {
  it('gets a mask of its own', async () => {
    await useBackend('cpu');
    for (let opened = 0; opened < 2; opened++) {
      await openWasm(wasmAssets);
      expect(await visible(2, 2)).toEqual([1, 0, 1, 1]);
    }
  });

  it('does not count the mask of the one before as memory in use', async () => {
    await openWasm(wasmAssets);
    const { numTensors, numBytes } = tf.memory();
    for (let opened = 0; opened < 2; opened++) {
      await visible(16, 16);
      expect(tf.memory().numTensors).toBe(numTensors + 1);
      await openWasm(wasmAssets);
    }
    expect(tf.memory()).toMatchObject({ numTensors, numBytes });
  });
});
