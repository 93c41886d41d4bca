/**
 * @file The table of names: every path it knows is a point of the model, and every hook of a block
 * is found.
 */
import { beforeAll, describe, expect, it } from 'vitest';

import { defaultPreset } from '../../../webview/config/presets';
import { model } from '../../../webview/model/model';
import { transformerLensName } from '../../../webview/trace/transformerLens';
import { dryPass } from '../../../webview/training/dryPass';
import { runProbe } from '../../../webview/training/probe';
import { useBackend } from '../support/backends';
import { batchOf, randomTrainer, smallShape, weightsOf } from '../support/models';
import { expectClose } from '../support/numbers';

describe('TransformerLens names', () => {
  const { points } = dryPass(model, { ...defaultPreset.config.model, vocabulary: 32 });
  const names = points
    .map(({ path }) => transformerLensName(path))
    .filter((name) => name !== undefined);

  it('finds the pattern of a head under the name that papers use', () => {
    expect(transformerLensName('decoder.1.selfAttention.pattern')).toBe(
      'blocks.1.attn.hook_pattern',
    );
  });

  it('names fifteen values of each block, two embeddings and the final norm, each once', () => {
    expect(names).toHaveLength(15 * defaultPreset.config.model.layers + 3);
    expect(new Set(names).size).toBe(names.length);
  });

  it('has no name for what TransformerLens has no hook for', () => {
    expect(transformerLensName('loss')).toBeUndefined();
  });
});

/** The paths of these hooks of the first block, and their values in a model of random weights. */
async function valuesOf(...hooks: readonly string[]) {
  const trainer = randomTrainer();
  const { model: source, config, parameters } = trainer;
  const named = new Map(
    dryPass(source, config).points.map(({ path }) => [transformerLensName(path), path]),
  );
  const at = hooks.map((hook) => named.get(hook) ?? hook);
  const weights = await weightsOf(parameters);
  const { captures } = await runProbe(
    { model: source, config, parameters, kept: new Map() },
    {
      input: batchOf(smallShape, 1, 1),
      capture: at.map((path) => ({ at: path, what: 'value' })),
      interventions: [],
    },
  );
  trainer.dispose();
  return { weights, values: captures.map(({ values = new Float32Array() }) => values) };
}

describe('a value beside the one that TransformerLens shows', () => {
  beforeAll(() => useBackend('cpu'));

  it('of a norm is what leaves it: shifted, scaled, times gain plus bias', async () => {
    const { weights, values } = await valuesOf(
      'blocks.0.hook_resid_pre',
      'blocks.0.ln1.hook_normalized',
    );
    const [stream = new Float32Array(), normalized = new Float32Array()] = values;
    const gain = weights.get('decoder.0.attentionNorm.gain') ?? [];
    const bias = weights.get('decoder.0.attentionNorm.bias') ?? [];
    const row = [...stream.subarray(0, 8)];
    const mean = row.reduce((sum, x) => sum + x, 0) / 8;
    const variance = row.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 8;
    const deviation = Math.sqrt(variance + smallShape.normEpsilon);
    const want = row.map((x, i) => ((x - mean) / deviation) * (gain[i] ?? NaN) + (bias[i] ?? NaN));
    expectClose(normalized.subarray(0, 8), want, 1e-5);
  });

  it('of the scores is not yet masked: with −∞ above the diagonal they give the pattern', async () => {
    const { values } = await valuesOf(
      'blocks.0.attn.hook_attn_scores',
      'blocks.0.attn.hook_pattern',
    );
    const [scores = new Float32Array(), pattern = new Float32Array()] = values;
    const { context } = smallShape;
    expect([...scores].every((score) => Math.abs(score) < 100)).toBe(true);
    const want = Array.from(scores, (_, place) => {
      const key = place % context;
      const query = Math.floor(place / context) % context;
      const row = scores.subarray(place - key, place - key + query + 1);
      const sum = row.reduce((total, score) => total + Math.exp(score), 0);
      return key > query ? 0 : Math.exp(scores[place] ?? NaN) / sum;
    });
    expectClose(pattern, want, 1e-5);
  });
});
