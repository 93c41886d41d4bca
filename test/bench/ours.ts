/** @file The product as the bench's subject: its trainer, and what it writes. */
import { defaultSampling } from '../../webview/config/presets';
import { generate } from '../../webview/inference/generate';
import { model } from '../../webview/model/model';
import { dispose } from '../../webview/ops/values';
import { Trainer } from '../../webview/training/trainer';
import { batchOf, type BenchConfiguration } from './configurations';
import type { Subject } from './subject';

/** Our trainer with fresh weights. */
export function ours(configuration: BenchConfiguration): Subject & { readonly trainer: Trainer } {
  const trainer = new Trainer({
    model,
    config: configuration.model,
    training: configuration.training,
  });
  return {
    trainer,
    learn: (batch) => {
      const { loss, gradientNorm } = trainer.learn(batch);
      dispose(gradientNorm);
      return loss;
    },
    dispose: () => {
      trainer.dispose();
    },
  };
}

/**
 * Continues a prompt of half a context until the context is full.
 * @returns how many tokens it wrote.
 */
export async function write(
  trainer: Trainer,
  configuration: BenchConfiguration,
  cache: boolean,
): Promise<number> {
  const { context } = configuration.model;
  const prompt = [...batchOf(configuration, 0).inputs.subarray(0, context / 2)];
  const sampling = { ...defaultSampling, maxTokens: context / 2, cache };
  let written = 0;
  for await (const { token } of generate(trainer, prompt, sampling, -1)) {
    if (token >= 0) written++;
  }
  return written;
}
