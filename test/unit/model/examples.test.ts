/**
 * @file The examples in the headers of the model's files: what a learner reads there is what the
 * source computes.
 */
import { beforeAll, describe, expect, it } from 'vitest';

import type { ModelShape } from '../../../webview/config/model';
import { selfAttention } from '../../../webview/model/attention';
import { block } from '../../../webview/model/block';
import { gpt } from '../../../webview/model/gpt';
import { joinHeads, splitHeads } from '../../../webview/model/heads';
import { layerNorm } from '../../../webview/model/layerNorm';
import { nextTokenLoss } from '../../../webview/model/loss';
import { mlp } from '../../../webview/model/mlp';
import { embedPositions } from '../../../webview/model/positionEmbedding';
import { project } from '../../../webview/model/projection';
import { embedTokens } from '../../../webview/model/tokenEmbedding';
import { unembed } from '../../../webview/model/unembed';
import type { Tensor } from '../../../webview/ops/tensor';
import { ids, read, tensor } from '../../../webview/ops/values';
import { hostBackends, useBackend } from '../support/backends';
import { smallShape } from '../support/models';
import { expectClose } from '../support/numbers';
import { Recorder, scopeWith } from '../support/scope';

const plain: ModelShape = { ...smallShape, layers: 1, dModel: 2, heads: 1, bias: true };

async function expectValues(got: Tensor, want: readonly number[], tolerance = 2e-5) {
  expectClose(await read(got), want, tolerance);
}

describe.each(hostBackends)('the example of a header, on %s:', (backend) => {
  beforeAll(() => useBackend(backend));

  it('tokenEmbedding', async () => {
    const scope = scopeWith({ ...plain, vocabulary: 2 }, { tokenTable: [1, 2, 3, 4] });
    const found = embedTokens(scope, ids([1, 0, 1], [1, 3]));
    expect(found.shape).toEqual([1, 3, 2]);
    await expectValues(found, [3, 4, 1, 2, 3, 4]);
  });

  it('positionEmbedding', async () => {
    const scope = scopeWith({ ...plain, context: 3 }, { positionTable: [1, 2, 3, 4, 5, 6] });
    const two = ids([0, 0], [1, 2]);
    await expectValues(embedPositions(scope, two, 0), [1, 2, 3, 4]);
    await expectValues(embedPositions(scope, two, 1), [3, 4, 5, 6]);
  });

  it('projection', async () => {
    const scope = scopeWith(plain, { weight: [1, 0, 2, 3], bias: [0, 1] });
    const x = tensor([1, 10], [1, 1, 2]);
    await expectValues(project(scope, plain, x, 'dModel dModel'), [21, 31]);
    const unbiased = { ...plain, bias: false };
    await expectValues(project(scope, unbiased, x, 'dModel dModel'), [21, 30]);
  });

  it('heads', async () => {
    const x = tensor([1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 4]);
    const split = splitHeads(x, 2);
    expect(split.shape).toEqual([1, 2, 2, 2]);
    await expectValues(split, [1, 2, 5, 6, 3, 4, 7, 8]);
    const joined = joinHeads(split);
    expect(joined.shape).toEqual([1, 2, 4]);
    await expectValues(joined, [1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('layerNorm', async () => {
    const x = tensor([1, 3], [1, 1, 2]);
    await expectValues(layerNorm(scopeWith(plain), plain, x), [-1, 1]);
    const learned = scopeWith(plain, { gain: [2, 3], bias: [10, 20] });
    await expectValues(layerNorm(learned, plain, x), [8, 23]);
  });

  it('layerNorm, watched: the written-out formula is what the fused kernel computes', async () => {
    const wide = { ...plain, dModel: 6 };
    const weights = { gain: [1, -2, 3, 0.5, 0, 1], bias: [0, 1, 0, -1, 2, 0] };
    const x = tensor([1, 3, -2, 8, 0.5, 4, 7, 7, 7, 7, 7, 7], [1, 2, 6]);
    const recorder = new Recorder();
    const written = layerNorm(scopeWith(wide, weights, recorder), wide, x);
    const fused = layerNorm(scopeWith(wide, weights), wide, x);
    await expectValues(fused, [...(await read(written))], 1e-5);
    expect([...recorder.values.keys()]).toEqual(['mean', 'variance', 'normalized', 'output']);
    expectClose(await recorder.read('mean'), [2.4166667, 7]);
    expectClose(await recorder.read('variance'), [9.8680556, 0]);
  });

  it('attention', async () => {
    const config = { ...plain, dModel: 1 };
    const recorder = new Recorder();
    const weights = {
      'query.bias': [1],
      'value.weight': [1],
      'output.weight': [1],
      'output.bias': [100],
    };
    const output = selfAttention(
      scopeWith(config, weights, recorder),
      config,
      tensor([2, 8], [1, 2, 1]),
    );
    expectClose(await recorder.read('queries'), [1, 1]);
    expect(await recorder.read('keys')).toEqual([0, 0]);
    expectClose(await recorder.read('pattern'), [1, 0, 0.5, 0.5]);
    await expectValues(output, [102, 105]);
  });

  it('attention scores, which are divided by √dHead', async () => {
    const config = { ...plain, dModel: 4 };
    const recorder = new Recorder();
    const weights = { 'query.bias': [1, 2, 3, 4], 'key.bias': [1, 1, 1, 1] };
    selfAttention(scopeWith(config, weights, recorder), config, tensor([0, 0, 0, 0], [1, 1, 4]));
    expectClose(await recorder.read('scores'), [5]);
  });

  it('mlp', async () => {
    const config: ModelShape = { ...plain, dModel: 1, mlpExpansion: 1 };
    const scope = scopeWith(config, { 'input.weight': [1], 'output.weight': [2] });
    const written = mlp(scope, config, tensor([3, -3], [1, 2, 1]));
    expectClose(await read(written), [5.9927, -0.0073], 1e-4);
  });

  it('block', async () => {
    const x = tensor([1, 3], [1, 1, 2]);
    await expectValues(block(scopeWith(plain), plain, x), [1, 3]);
    const replacing = { ...plain, residual: false };
    expect([...(await read(block(scopeWith(plain), replacing, x)))]).toEqual([0, 0]);
  });

  it('unembed', async () => {
    const config = { ...plain, vocabulary: 3 };
    const table = [1, 0, 0, 1, 1, 1];
    const x = tensor([1, 3], [1, 1, 2]);
    await expectValues(unembed(scopeWith(config, { tokenTable: table }), config, x), [-1, 1, 0]);
    const untied = { ...config, tied: false };
    await expectValues(unembed(scopeWith(untied, { outputTable: table }), untied, x), [-1, 1, 0]);
  });

  it('gpt', async () => {
    const config: ModelShape = { ...plain, layers: 0, positions: 'none', vocabulary: 2 };
    const scope = scopeWith(config, { tokenTable: [0, 2, 2, 0] });
    await expectValues(gpt(scope, config, ids([0, 1], [1, 2])), [2, -2, -2, 2]);
  });

  it('loss', async () => {
    const loss = nextTokenLoss(scopeWith(plain), tensor([5, 5], [1, 1, 2]), ids([0], [1, 1]));
    expect(loss.shape).toEqual([]);
    await expectValues(loss, [Math.LN2]);
    const certain = tensor([0, 30, 5, 5], [1, 2, 2]);
    await expectValues(nextTokenLoss(scopeWith(plain), certain, ids([1, 0], [1, 2])), [
      Math.LN2 / 2,
    ]);
  });
});
