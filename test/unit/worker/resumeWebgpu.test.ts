/**
 * @file Whether a run on a graphics device that goes on from its checkpoint's bytes is the run it
 * would have been. Trainer and checkpoint alone: a whole session compiles for minutes on software.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';

import * as tf from '../../../webview/backends/tf';
import { model } from '../../../webview/model/model';
import { read } from '../../../webview/ops/values';
import { dryPass } from '../../../webview/training/dryPass';
import { disposeStep, Trainer } from '../../../webview/training/trainer';
import { checkpointOf, restoreCheckpoint } from '../../../webview/worker/checkpoints';
import { batchOfStep, loadDataset, type Dataset } from '../../../webview/worker/dataset';
import { useBackend } from '../support/backends';
import { inFull } from '../support/full';
import { asset, shortRun, verse } from '../support/session';

const config = shortRun({ dropout: 0.2 }, { steps: 8 });
let dataset: Dataset;

beforeAll(async () => {
  await useBackend('webgpu');
  const text = { name: 'verse.txt', bytes: new TextEncoder().encode(verse).buffer };
  dataset = await loadDataset(config, text, {
    asset,
    yieldTo: () => Promise.resolve(),
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
});
afterAll(() => tf.setBackend('cpu'));

it.runIf(inFull)(
  'eight steps on WebGPU with dropout are four and four more from a checkpoint, bit for bit',
  async () => {
    const whole = trainer();
    const begun = await learn(whole, 4);
    const saved = await checkpoint(whole);
    const losses = await learn(whole, 8);
    const after = trainer(saved);
    expect(await learn(after, 8)).toEqual(losses);
    expect(after.step).toBe(8);
    expect(await checkpoint(after)).toEqual(await checkpoint(whole));
    // The weights did move, and dropout drew anew at each step.
    expect(new Set([...begun, ...losses]).size).toBe(8);
    whole.dispose();
    after.dispose();
  },
  180_000,
);

function trainer(saved?: ArrayBuffer): Trainer {
  const shape = { ...config.model, vocabulary: dataset.tokenizer.vocabularySize };
  const options = { model, config: shape, training: config.training };
  if (!saved) return new Trainer(options);
  const { step, tensorsFor } = restoreCheckpoint(saved);
  const tensors = tensorsFor(dryPass(model, shape).parameters);
  return new Trainer({ ...options, restored: { step, ...tensors } });
}

/** Trains up to a step; returns the losses. */
async function learn(trained: Trainer, until: number): Promise<number[]> {
  const losses: number[] = [];
  while (trained.step < until) {
    const result = trained.learn(batchOfStep(dataset, config, trained.step));
    const [loss = NaN] = await read(result.loss);
    disposeStep(result);
    losses.push(loss);
  }
  return losses;
}

function checkpoint(trained: Trainer): Promise<ArrayBuffer> {
  return checkpointOf(trained, {
    config,
    tokenizer: dataset.tokenizer.serialize(),
    backend: { backend: 'webgpu', reason: 'Test.', rejected: [], versions: {} },
    totals: { time: 0, elapsed: 0, tokens: 0 },
    unfinishedLosses: [],
    validationLoss: undefined,
    observed: true,
  });
}
