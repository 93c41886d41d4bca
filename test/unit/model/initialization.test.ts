/** @file Whether a run starts where the page says it does. */
import { describe, expect, it } from 'vitest';

import { defaultPreset, presets } from '../../../webview/config/presets';
import { randomKey } from '../../../webview/config/random';
import { likeliest } from '../../../webview/inference/sampling';
import { initialValues } from '../../../webview/model/initialization';
import { model } from '../../../webview/model/model';
import { read } from '../../../webview/ops/values';
import type { ParameterKind } from '../../../webview/trace/scope';
import { dryPass } from '../../../webview/training/dryPass';
import { runProbe } from '../../../webview/training/probe';
import { useBackend } from '../support/backends';
import { batchOf, smallShape, trainerOf } from '../support/models';

const key = randomKey(1, 'initialization');

function deviation(values: Float32Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

describe('the first weights', () => {
  const config = { ...smallShape, layers: 2 };
  it.each([
    ['scaled', 'matrix', [16, 2000], 1 / 4],
    ['scaled', 'residualMatrix', [16, 2000], 1 / 8],
    ['scaled', 'matrix', [100, 300], 1 / 10],
    ['scaled', 'embedding', [100, 300], 0.02],
    ['gpt2', 'matrix', [16, 2000], 0.02],
    ['gpt2', 'residualMatrix', [16, 2000], 0.01],
    ['gpt2', 'embedding', [100, 300], 0.02],
  ] as const)('of %s: a %s of %j has deviation %d', (initialization, kind, shape, want) => {
    const values = initialValues({ ...config, initialization }, kind, shape, key);
    expect(values).toHaveLength(shape[0] * shape[1]);
    expect(deviation(values) / want).toBeCloseTo(1, 1);
    expect(Math.abs(values.reduce((sum, value) => sum + value, 0) / values.length)).toBeLessThan(
      want / 30,
    );
  });

  it.each<[ParameterKind, number]>([
    ['gain', 1],
    ['bias', 0],
  ])('of every %s are %d', (kind, want) => {
    expect([...initialValues(config, kind, [5], key)]).toEqual(new Array(5).fill(want));
  });

  it('are those of a residual matrix just where a block adds to the residual stream', () => {
    const { parameters } = dryPass(model, config);
    const residual = parameters.filter(({ kind }) => kind === 'residualMatrix');
    expect(residual.map(({ name }) => name)).toEqual([
      'decoder.0.selfAttention.output.weight',
      'decoder.0.mlp.output.weight',
      'decoder.1.selfAttention.output.weight',
      'decoder.1.mlp.output.weight',
    ]);
  });

  it('differ between two keys and are the same for one', () => {
    const made = (from: number) => initialValues(config, 'matrix', [8, 8], from);
    expect(made(key)).toEqual(made(key));
    expect(made(key)).not.toEqual(made(key + 1));
  });
});

describe('the first prediction of a tied model', () => {
  const { model: tiny, training } = defaultPreset.config;
  it.each([
    ['without blocks is the token it sees', 0, 1, 1],
    ['with blocks has long lost it', tiny.layers, 0, 0.2],
  ] as const)('%s', async (_, layers, least, most) => {
    await useBackend('wasm');
    const config = { ...tiny, layers, vocabulary: 40 };
    const trainer = trainerOf(config, training);
    const { parameters } = trainer;
    const input = batchOf(config);
    const { captures } = await runProbe(
      { model, config, parameters, kept: new Map() },
      { input, capture: [{ at: 'logits', what: 'value' }], interventions: [] },
    );
    const logits = captures[0]?.values ?? new Float32Array();
    const seen = input.inputs.filter(
      (token, place) => likeliest(logits.subarray(40 * place, 40 * (place + 1))) === token,
    );
    const share = seen.length / input.inputs.length;
    expect(share).toBeGreaterThanOrEqual(least);
    expect(share).toBeLessThanOrEqual(most);
    trainer.dispose();
  });
});

describe('the first loss', () => {
  it.each(presets.map(({ id, config }) => [id, config] as const))(
    'of the preset %s is ln V, give or take 0.1',
    async (_, { model, training }) => {
      await useBackend('wasm');
      const config = { ...model, vocabulary: 65 };
      const trainer = trainerOf(config, training);
      const loss = trainer.evaluate(batchOf(config));
      const [value = NaN] = await read(loss);
      expect(Math.abs(value - Math.log(65))).toBeLessThan(0.1);
      trainer.dispose();
    },
  );
});
