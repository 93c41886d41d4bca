/** @file The lowest rung of the ladder: what its preset promises of its loss. */
import { beforeAll, expect, it } from 'vitest';

import { presets } from '../../../webview/config/presets';
import { model } from '../../../webview/model/model';
import { dispose, read } from '../../../webview/ops/values';
import { disposeStep, Trainer } from '../../../webview/training/trainer';
import { batchOfStep, loadDataset, validationBatches } from '../../../webview/worker/dataset';
import { useBackend } from '../support/backends';

beforeAll(() => useBackend('wasm'));

it('without layers the loss settles on the bigram line', async () => {
  const preset = presets.find(({ id }) => id === 'bigram');
  if (preset === undefined) throw new Error('There is no preset "bigram".');
  // A quarter of its steps is enough to be near.
  const config = { ...preset.config, training: { ...preset.config.training, steps: 2000 } };
  const dataset = await loadDataset(config, undefined, {
    asset: () => Promise.reject(new Error('Characters need no asset.')),
    yieldTo: () => Promise.resolve(),
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  const shape = { ...config.model, vocabulary: dataset.tokenizer.vocabularySize };
  const trainer = new Trainer({ model, config: shape, training: config.training });
  while (trainer.step < config.training.steps) {
    const step = trainer.learn(batchOfStep(dataset, config, trainer.step));
    await read(step.loss);
    disposeStep(step);
  }
  const batches = validationBatches(dataset, config);
  let sum = 0;
  for (const batch of batches) {
    const loss = trainer.evaluate(batch);
    sum += (await read(loss))[0] ?? NaN;
    dispose(loss);
  }
  trainer.dispose();
  const { bigram = NaN } = dataset.baselines;
  expect(sum / batches.length - bigram).toBeGreaterThan(-0.005);
  expect(sum / batches.length - bigram).toBeLessThan(0.03);
}, 60_000);
