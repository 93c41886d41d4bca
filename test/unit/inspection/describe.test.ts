/** @file Shapes and costs of the lines of the source, as code lenses and hovers tell them. */
import { describe, expect, it } from 'vitest';
import { describePoints } from '../../../webview/inspection/describe';
import { model } from '../../../webview/model/model';
import { dryPass } from '../../../webview/training/dryPass';
import { smallShape } from '../support/models';

const config = { ...smallShape, tied: false };
const points = describePoints(model, config, 3, 6);
const at = (path: string) => {
  const found = points.find((point) => point.path === path);
  if (found === undefined) throw new Error(`No point at ${path}.`);
  return found;
};

describe('a described point', () => {
  it('has its named axes with the sizes of one training step', () => {
    expect(at('decoder.1.selfAttention.pattern')).toMatchObject({
      axes: ['batch', 'head', 'query', 'key'],
      shape: [3, 2, 6, 6],
    });
  });

  it('costs what its line computes: the product of queries and keys, and their scaling', () => {
    // 3 windows × 2 heads × 6 queries × 6 keys, 4 multiplications and additions each; ÷√dHead.
    const cells = 3 * 2 * 6 * 6;
    expect(at('decoder.0.selfAttention.scores')).toMatchObject({
      flops: cells * 2 * 4 + cells,
      bytes: 2 * cells * 4,
      parameters: 0,
    });
  });

  it('counts the learned numbers that its line reads', () => {
    // W_Q and b_Q: 8 × 8 + 8.
    expect(at('decoder.0.selfAttention.queries').parameters).toBe(72);
    expect(at('logits').parameters).toBe(7 * 8);
  });

  it('shares out the whole pass: no operation twice, none forgotten', () => {
    const { graph, parameters } = dryPass(model, config, 3, 6);
    const whole = graph.nodes.reduce((sum, { flops }) => sum + flops, 0);
    expect(points.reduce((sum, { flops }) => sum + flops, 0)).toBe(whole);
    const learned = parameters.reduce(
      (sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1),
      0,
    );
    expect(points.reduce((sum, point) => sum + point.parameters, 0)).toBe(learned);
  });
});
