/**
 * @file Writing text: the same with and without its memory of keys and values, and nothing left
 * behind.
 */
import { beforeAll, describe, expect, it } from 'vitest';

import * as tf from '../../../webview/backends/tf';
import { defaultSampling } from '../../../webview/config/presets';
import type { SamplingConfig } from '../../../webview/config/sampling';
import { generate, Window, type DrawnToken } from '../../../webview/inference/generate';
import { hostBackends, useBackend } from '../support/backends';
import { randomTrainer, rungs } from '../support/models';

const endOfText = 6;

async function written(
  trainer: ReturnType<typeof randomTrainer>,
  prompt: readonly number[],
  sampling: Partial<SamplingConfig>,
): Promise<DrawnToken[]> {
  const tokens: DrawnToken[] = [];
  const whole = { ...defaultSampling, maxTokens: 20, ...sampling };
  for await (const token of generate(trainer, prompt, whole, endOfText)) tokens.push(token);
  return tokens;
}

const ids = (tokens: readonly DrawnToken[]) => tokens.map(({ token }) => token);

/** With and without cache; the context of 6 tokens is full at the fourth of `steps`. */
async function compareLogits(
  trainer: ReturnType<typeof randomTrainer>,
  steps: number,
): Promise<void> {
  const cached = new Window(trainer, [1, 2, 3], true);
  const plain = new Window(trainer, [1, 2, 3], false);
  for (let step = 0; step < steps; step++) {
    const [a, b] = [await cached.nextLogits(), await plain.nextLogits()];
    const differences = a.map((logit, index) => Math.abs(logit - (b[index] ?? NaN)));
    expect(Math.max(...differences)).toBeLessThan(1e-5);
    expect(cached.tokens).toEqual(plain.tokens);
    cached.append((step * 5 + 1) % 7);
    plain.append((step * 5 + 1) % 7);
  }
  cached.dispose();
  plain.dispose();
  trainer.dispose();
}

describe.each(hostBackends)('writing on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it.each(rungs)(
    'with %s gives the same logits with and without cache, past the end of the context',
    async (_, change) => {
      await compareLogits(randomTrainer(change), 16);
    },
  );

  it('writes the same text with and without cache', async () => {
    const trainer = randomTrainer();
    for (const temperature of [0, 0.8, 1.5]) {
      const withCache = await written(trainer, [1, 2], { temperature, cache: true });
      const without = await written(trainer, [1, 2], { temperature, cache: false });
      expect(withCache).toHaveLength(20);
      expect(ids(withCache)).toEqual(ids(without));
    }
    trainer.dispose();
  });

  it('drops the older half when the context is full', async () => {
    const trainer = randomTrainer();
    const window = new Window(trainer, [0, 1, 2, 3, 4, 5, 6], true);
    expect(window.tokens).toEqual([1, 2, 3, 4, 5, 6]);
    await window.nextLogits();
    window.append(0);
    expect(window.tokens).toEqual([4, 5, 6, 0]);
    await window.nextLogits();
    window.append(1);
    expect(window.tokens).toEqual([4, 5, 6, 0, 1]);
    window.dispose();
    trainer.dispose();
  });

  it('drops the middle one with the older half when a context of odd length is full', async () => {
    const trainer = randomTrainer({ context: 5 });
    const window = new Window(trainer, [0, 1, 2, 3, 4], true);
    await window.nextLogits();
    window.append(5);
    expect(window.tokens).toEqual([3, 4, 5]);
    window.dispose();
    trainer.dispose();
  });

  it('gives the same text for the same seed, and another for another', async () => {
    const trainer = randomTrainer();
    const text = async (seed: number) => ids(await written(trainer, [1], { seed, temperature: 2 }));
    expect(await text(3)).toEqual(await text(3));
    expect(await text(3)).not.toEqual(await text(4));
    trainer.dispose();
  });

  it('stops after the end of the text if asked to, and only then', async () => {
    const trainer = randomTrainer();
    const free = await written(trainer, [1], { temperature: 3, maxTokens: 60 });
    const end = ids(free).indexOf(endOfText);
    expect(end).toBeGreaterThan(-1);
    expect(free).toHaveLength(60);
    const stopped = await written(trainer, [1], {
      temperature: 3,
      maxTokens: 60,
      stopAtEnd: true,
    });
    expect(stopped).toEqual(free.slice(0, end + 1));
    trainer.dispose();
  });

  it.each([
    { temperature: 0 },
    { temperature: 3, seed: 2 },
    { temperature: 0.3, topK: 2 },
    { temperature: 2, topP: 0.5 },
  ])('tells the model’s own probability, before temperature and filters: %o', async (sampling) => {
    const trainer = randomTrainer();
    const window = new Window(trainer, [1, 2], false);
    const logits = [...(await window.nextLogits())];
    window.dispose();
    const sum = logits.reduce((total, logit) => total + Math.exp(logit), 0);
    const [first] = await written(trainer, [1, 2], { ...sampling, maxTokens: 1 });
    const logit = logits[first?.token ?? -1] ?? NaN;
    expect(first?.shares[first.token]).toBeCloseTo(Math.exp(logit) / sum, 5);
    trainer.dispose();
  });

  it('leaves no tensor behind, finished or abandoned', async () => {
    const trainer = randomTrainer();
    await written(trainer, [1], {});
    const before = tf.memory().numTensors;
    await written(trainer, [1], {});
    await written(trainer, [1], { cache: false });
    const abandoned: number[] = [];
    for await (const { token } of generate(trainer, [1], defaultSampling, endOfText)) {
      abandoned.push(token);
      if (abandoned.length === 3) break;
    }
    expect(tf.memory().numTensors).toBe(before);
    trainer.dispose();
  });

  it('needs a prompt', async () => {
    const trainer = randomTrainer();
    await expect(written(trainer, [], {})).rejects.toThrow('at least one token');
    trainer.dispose();
  });
});

describe('writing on webgpu', () => {
  beforeAll(() => useBackend('webgpu'));

  it('gives the same logits with and without cache, past the end of the context', async () => {
    await compareLogits(randomTrainer(), 6);
  });
});
