/** @file Whether sizes, parameters and costs are right before anything runs. */
import { describe, expect, it } from 'vitest';

import * as tf from '../../../webview/backends/tf';
import type { ModelShape } from '../../../webview/config/model';
import { countParameters } from '../../../webview/config/parameters';
import { presets } from '../../../webview/config/presets';
import { model } from '../../../webview/model/model';
import { sizeOf } from '../../../webview/ops/tensor';
import { dryPass, type DryPass } from '../../../webview/training/dryPass';
import { rungs, smallShape } from '../support/models';

const gpt2: ModelShape = {
  ...smallShape,
  layers: 12,
  dModel: 768,
  heads: 12,
  context: 1024,
  vocabulary: 50_257,
};

function parametersOf({ parameters }: DryPass): number {
  return parameters.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
}

/** FLOPs of the nodes with this op. */
function flopsOf({ graph }: DryPass, op?: string): number {
  const nodes = graph.nodes.filter((node) => op === undefined || node.op === op);
  return nodes.reduce((sum, { flops }) => sum + flops, 0);
}

describe('a dry pass', () => {
  it('refuses sizes that do not fit one another, with what would', () => {
    expect(() => dryPass(model, { ...smallShape, dModel: 20, heads: 3 })).toThrow(
      /3 heads do not divide d_model 20/,
    );
  });
});

describe('parameters of a dry pass', () => {
  it.each([
    ['small', 12, 768, 12, 124_439_808],
    ['medium', 24, 1024, 16, 354_823_168],
    ['large', 36, 1280, 20, 774_030_080],
    ['XL', 48, 1600, 25, 1_557_611_200],
  ])('are the published ones for GPT-2 %s', (_, layers, dModel, heads, published) => {
    expect(parametersOf(dryPass(model, { ...gpt2, layers, dModel, heads }, 1, 2))).toBe(published);
  });

  it.each([
    ...presets.map(({ id, config }) => [id, config.model] as const),
    ...rungs.map(([name, change]) => [name, { ...smallShape, ...change }] as const),
  ])('are those of the formulas for %s', (_, config) => {
    const shape = { ...config, vocabulary: 61 };
    expect(parametersOf(dryPass(model, shape))).toBe(countParameters(shape).total);
  });
});

describe('the graph of a dry pass', () => {
  it('counts the operations of a bigram as a hand does', () => {
    const bigram: ModelShape = {
      ...smallShape,
      layers: 0,
      dModel: 2,
      heads: 1,
      positions: 'none',
      bias: false,
      vocabulary: 3,
    };
    const pass = dryPass(model, bigram, 1, 2);
    // The norm of 2 tokens of 2 numbers: mean, centering, squares, their mean, + ε, 1/√, · twice.
    const norm = 4 + 4 + 4 + 4 + 2 + 2 + 4 + 4;
    // 2 × 2 times 2 × 3, a surprise at each of 2 places, and their average.
    const [logits, surprise, average] = [2 * 2 * 2 * 3, 5 * 2 * 3, 2];
    expect(flopsOf(pass)).toBe(norm + logits + surprise + average);
  });

  it('counts the products of attention and MLP as the literature does', () => {
    const { layers, dModel, context, vocabulary } = smallShape;
    const pass = dryPass(model, smallShape, 3);
    const tokens = 3 * context;
    // Four projections and an MLP of 4 · dModel: 12 dModel² multiplications and additions a token.
    expect(flopsOf(pass, 'linear')).toBe(2 * tokens * layers * 12 * dModel ** 2);
    // Scores and weighted values: context · dModel each; the output: dModel · vocabulary.
    const looking = 2 * 2 * tokens * layers * context * dModel;
    expect(flopsOf(pass, 'matMul')).toBe(looking + 2 * tokens * dModel * vocabulary);
  });

  it('has as many products with more heads, and as many more scores', () => {
    const [one, four] = [1, 4].map((heads) => dryPass(model, { ...smallShape, heads }, 3));
    if (!one || !four) throw new Error('Two passes were made.');
    expect(flopsOf(four, 'matMul')).toBe(flopsOf(one, 'matMul'));
    const bytesOf = ({ graph, points }: DryPass): number => {
      const scores = points.find(({ path }) => path === 'decoder.0.selfAttention.scores');
      return graph.nodes[scores?.node ?? -1]?.bytes ?? NaN;
    };
    expect(bytesOf(four)).toBe(4 * bytesOf(one));
  });

  it('tells each value from the node that makes it', () => {
    const { graph, points } = dryPass(model, smallShape);
    const parametersBehind = (node: number): string[] => {
      const found = graph.nodes[node];
      if (!found) throw new Error(`There is no node ${node}.`);
      const { label } = found;
      const own = found.op === 'parameter' && label !== undefined ? [label] : [];
      return [...own, ...found.inputs.flatMap(parametersBehind)];
    };
    for (const { path, node, shape } of points) {
      expect(graph.nodes[node]?.shape, path).toEqual(shape);
    }
    const behind = (path: string) =>
      parametersBehind(points.find((point) => point.path === path)?.node ?? -1);
    expect(behind('decoder.0.selfAttention.queries')).toContain(
      'decoder.0.selfAttention.query.weight',
    );
    expect(behind('decoder.0.selfAttention.queries')).not.toContain(
      'decoder.0.selfAttention.key.weight',
    );
    expect(behind('tokenEmbedding')).toEqual(['tokenTable']);
    expect(behind('positionEmbedding')).toEqual(['positionTable']);
  });

  it('holds no values, at any size', () => {
    const before = tf.memory();
    const { graph } = dryPass(model, gpt2, 64);
    expect(graph.nodes.length).toBeGreaterThan(300);
    expect(tf.memory()).toEqual(before);
  });

  it('names sizes that do not fit', () => {
    expect(() => dryPass(model, smallShape, 1, 9)).toThrow('rows 0 to 8 of [6, 8]');
  });
});
