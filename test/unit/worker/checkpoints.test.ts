/** @file A trainer's state as a file and back, and files that do not fit. */
import { beforeAll, describe, expect, it } from 'vitest';

import { writeCheckpoint, readCheckpoint } from '../../../webview/formats/checkpoint';
import type { BackendReport } from '../../../webview/config/backend';
import { checkpointOf, restoreCheckpoint } from '../../../webview/worker/checkpoints';
import { useBackend } from '../support/backends';
import { batchOf, learn, rungs, smallShape, trainerOf, weightsOf } from '../support/models';
import { shortRun } from '../support/session';

beforeAll(() => useBackend('cpu'));

const backend: BackendReport = { backend: 'cpu', reason: 'Test.', rejected: [], versions: {} };
const record = {
  config: shortRun(),
  tokenizer: { kind: 'characters', characters: 'abc' },
  backend,
  totals: { time: 12, elapsed: 15, tokens: 345 },
  unfinishedLosses: [1.5, 2.25],
  validationLoss: 1.5,
  observed: false,
} as const;

/** The file of a small model after two steps. */
async function fileOf(change: Parameters<typeof trainerOf>[0] = {}) {
  const trainer = trainerOf(change);
  for (let step = 0; step < 2; step++) await learn(trainer, batchOf(smallShape, step));
  return { trainer, file: await checkpointOf(trainer, record) };
}

describe('a checkpoint', () => {
  it.each(rungs)('of %s gives back weights and moments bit for bit', async (_, change) => {
    const { trainer, file } = await fileOf(change);
    const { specs } = trainer.parameters;
    const saved = restoreCheckpoint(file);
    expect(saved).toMatchObject({
      step: 2,
      config: record.config,
      tokenizer: record.tokenizer,
      totals: record.totals,
      unfinishedLosses: record.unfinishedLosses,
      validationLoss: 1.5,
      observed: false,
    });
    const { weights, moments } = saved.tensorsFor(specs);
    const restored = trainerOf(change, {}, { restored: { weights, moments, step: 2 } });
    expect(await weightsOf(restored.parameters)).toEqual(await weightsOf(trainer.parameters));
    const batch = batchOf(smallShape, 7);
    for (let step = 0; step < 2; step++) {
      expect(await learn(restored, batch)).toBe(await learn(trainer, batch));
    }
    trainer.dispose();
    restored.dispose();
  });

  it('of an earlier release counts as observed, and its pauses as no time', async () => {
    const good = readCheckpoint((await fileOf()).file);
    const progress = { time: 12, tokens: 345, losses: [] };
    expect(restoreCheckpoint(writeCheckpoint({ ...good, progress }).buffer)).toMatchObject({
      totals: { time: 12, elapsed: 12, tokens: 345 },
      observed: true,
    });
  });

  it('goes by Hugging Face’s names where GPT-2 has the tensor, by ours where it has not', async () => {
    const whole = readCheckpoint((await fileOf()).file);
    expect([...whole.weights.keys()]).toContain('transformer.h.0.attn.c_attn.weight');
    expect(whole.weights.get('transformer.h.1.attn.c_attn.bias')?.shape).toEqual([24]);
    expect([...whole.weights.keys()].filter((name) => !name.startsWith('transformer.'))).toEqual(
      [],
    );
    const uniform = readCheckpoint((await fileOf({ attention: 'uniform' })).file);
    expect([...uniform.weights.keys()]).toContain('decoder.0.selfAttention.value.weight');
  });
});

describe('a checkpoint that does not fit', () => {
  it('is refused by the parameter, what it holds and what is needed', async () => {
    const { file } = await fileOf();
    const wider = trainerOf({ dModel: 10 });
    const { weights } = restoreCheckpoint(file).tensorsFor(wider.parameters.specs);
    expect(() => trainerOf({ dModel: 10 }, {}, { restored: { weights, step: 2 } })).toThrow(
      'The parameter tokenTable holds 56 numbers; the configuration needs [7, 10].',
    );
    const untied = trainerOf({ tied: false });
    const without = restoreCheckpoint(file).tensorsFor(untied.parameters.specs);
    expect(() => trainerOf({ tied: false }, {}, { restored: { ...without, step: 2 } })).toThrow(
      'The parameter outputTable is missing',
    );
  });

  it('whose joined attention matrix has no thirds is refused, not cut at random', async () => {
    const { trainer, file } = await fileOf();
    const good = readCheckpoint(file);
    const name = 'transformer.h.0.attn.c_attn.weight';
    const weights = new Map(good.weights);
    weights.set(name, { shape: [8, 25], data: new Float32Array(8 * 25) });
    const bad = writeCheckpoint({ ...good, weights, moments: new Map() });
    const saved = restoreCheckpoint(bad.buffer);
    expect(() => saved.tensorsFor(trainer.parameters.specs)).toThrow(
      expect.objectContaining({
        code: 'checkpoint-does-not-fit',
        message: expect.stringContaining(`${name} has shape [8, 25]`) as string,
      }) as Error,
    );
    trainer.dispose();
  });

  it('without its progress, of a foreign configuration, or cut short, is refused with a remedy', async () => {
    const { file } = await fileOf();
    const good = readCheckpoint(file);
    const refused = (change: Partial<typeof good>, code: string): void => {
      expect(() => restoreCheckpoint(writeCheckpoint({ ...good, ...change }).buffer)).toThrow(
        expect.objectContaining({ code, remedy: expect.stringMatching(/.+/) as string }) as Error,
      );
    };
    refused({ progress: { time: 'long' } }, 'checkpoint');
    refused({ configuration: { version: 1 } }, 'config-invalid');
    refused(
      { configuration: { ...record.config, model: { ...record.config.model, heads: 3 } } },
      'heads-do-not-divide',
    );
    for (const length of [0, 7, 100, file.byteLength - 4]) {
      expect(() => restoreCheckpoint(file.slice(0, length))).toThrow(
        expect.objectContaining({ remedy: expect.stringMatching(/.+/) as string }) as Error,
      );
    }
  });
});
