/** @file Whether a run's memory is known before it is taken. */
import { beforeAll, describe, expect, it } from 'vitest';

import { openWasm } from '../../../webview/backends/wasm';
import * as tf from '../../../webview/backends/tf';
import { wasmBackend } from '../../../webview/backends/wasmBackend';
import { memoryLimits } from '../../../webview/config/memory';
import type { ModelShape } from '../../../webview/config/model';
import { presets } from '../../../webview/config/presets';
import { model } from '../../../webview/model/model';
import { estimateMemory } from '../../../webview/training/memory';
import { Trainer } from '../../../webview/training/trainer';
import { useBackend, wasmAssets } from '../support/backends';
import { batchOf, learn, smallShape, smallTraining } from '../support/models';

/** Bytes that the binary holds before the first tensor. */
const base = 2 ** 24;

/** How far the heap of WASM grew for two steps, in bytes. */
async function heapOf(shape: ModelShape, batchSize: number): Promise<number> {
  await openWasm(wasmAssets);
  const training = { ...smallTraining, batchSize };
  const trainer = new Trainer({ model, config: shape, training });
  for (const seed of [1, 2]) await learn(trainer, batchOf(shape, seed, batchSize));
  const { wasm } = wasmBackend(tf.backend()) as unknown as { wasm: { HEAPU8: Uint8Array } };
  trainer.dispose();
  return wasm.HEAPU8.length - base;
}

describe('the estimated memory of a run', () => {
  beforeAll(() => useBackend('wasm'));

  // The heap grows by a fifth more than it must: the estimate is within 1.6 of it to either side.
  it.each<[what: string, change: Partial<ModelShape>, batchSize: number]>([
    ['mostly weights', { layers: 4, dModel: 256, heads: 4, context: 32, vocabulary: 65 }, 1],
    ['attention', { layers: 2, dModel: 64, heads: 8, context: 256, vocabulary: 65 }, 4],
    ['logits', { layers: 2, dModel: 64, heads: 2, context: 64, vocabulary: 5000 }, 8],
    ['both', { layers: 3, dModel: 384, heads: 8, context: 128, vocabulary: 65 }, 8],
  ])('is what WASM really takes: %s', async (_, change, batchSize) => {
    const shape = { ...smallShape, ...change };
    const taken = await heapOf(shape, batchSize);
    const { total } = estimateMemory(model, shape, batchSize);
    expect(total / taken).toBeGreaterThan(1 / 1.6);
    expect(total / taken).toBeLessThan(1.6);
  });

  it('is far from the limit for every preset', () => {
    for (const { config, id } of presets) {
      const shape = { ...config.model, vocabulary: 100 };
      const { total } = estimateMemory(model, shape, config.training.batchSize);
      expect(total, id).toBeLessThan(memoryLimits.wasm / 20);
    }
  });

  it('of a model of 600 million parameters is more than WASM and plain CPU have', () => {
    const shape = { ...smallShape, layers: 12, dModel: 2048, heads: 16, context: 64 };
    const { parameters, total } = estimateMemory(model, shape, 4);
    expect(parameters).toBeGreaterThan(6e8);
    expect(total).toBeGreaterThan(12e9);
    expect(total).toBeGreaterThan(memoryLimits.wasm);
  });

  it('knows the largest tensor, whichever it is', () => {
    const sizes = (change: Partial<ModelShape>, batchSize: number) =>
      estimateMemory(model, { ...smallShape, ...change }, batchSize).largestTensor;
    // A matrix of the MLP; the scores of attention; the logits.
    expect(sizes({ dModel: 128 }, 1)).toBe(4 * 128 * 512);
    expect(sizes({ context: 256 }, 2)).toBe(4 * 2 * 2 * 256 * 256);
    expect(sizes({ vocabulary: 9000 }, 2)).toBe(4 * 2 * 6 * 9000);
  });
});
