/** @file Parts that can be changed, changes in words, and what is said of what was seen. */
import { describe, expect, it } from 'vitest';
import {
  changeOf,
  firstDifference,
  misfitOf,
  obstacleTo,
  verdict,
} from '../../../../webview/ui/views/attention/whatIf/changes';
import { partsOf } from '../../../../webview/ui/views/attention/whatIf/parts';
import type { WhatIfResult } from '../../../../webview/protocol/whatIf';

const pointsOf = (...paths: string[]) =>
  paths.map((path) => ({ path, axes: [], shape: [], flops: 0, bytes: 0, parameters: 0 }));

const pattern = 'decoder.0.selfAttention.pattern';
const points = pointsOf(
  'tokenEmbedding',
  'decoder.0.residualBefore',
  'decoder.0.attentionNorm.output',
  pattern,
  'decoder.0.selfAttention.output',
  'decoder.0.mlp.output',
  'decoder.0.residualAfter',
  'finalNorm.output',
  'logits',
);

describe('the parts that can be changed', () => {
  it('are the open heads, then what each layer writes, and the layers, but no norms', () => {
    const open = [
      { path: pattern, head: 2 },
      { path: pattern, head: 'mean' },
    ] as const;
    expect(partsOf(points, open).map(({ name }) => name)).toEqual([
      'Layer 0, head 2',
      'Layer 0, all of its attention',
      'Layer 0, MLP',
      'Layer 0, the whole layer',
    ]);
  });

  it('have names of their own in a module nobody has heard of', () => {
    const [part] = partsOf(pointsOf('decoder.3.gatedRouter.output'), []);
    expect(part?.name).toBe('Layer 3, gatedRouter');
  });
});

describe('a change', () => {
  const [head, , , layer] = partsOf(points, [{ path: pattern, head: 2 }]);

  it('of a head at one token names both', () => {
    if (head === undefined) throw new Error('No head.');
    const { name, change } = changeOf({ part: head, deed: 'zero', from: '', position: 4 });
    expect(name).toBe('Layer 0, head 2 silenced, at token 4');
    expect(change).toEqual({
      do: 'zero',
      at: { part: 'head', path: pattern, head: 2, positions: [4] },
    });
  });

  it('of a layer is of all tokens, but for a patch, which is of the stream that it leaves', () => {
    if (layer === undefined) throw new Error('No layer.');
    expect(changeOf({ part: layer, deed: 'mean', from: '', position: 4 }).change).toEqual({
      do: 'mean',
      at: { part: 'layer', layer: 0 },
    });
    expect(changeOf({ part: layer, deed: 'patch', from: 'sam', position: 4 }).change).toEqual({
      do: 'patch',
      from: { from: 'text', text: 'sam' },
      at: { part: 'value', path: 'decoder.0.residualAfter', positions: [4] },
    });
  });
});

describe('a change on a text that is too short or too long for it', () => {
  const [head] = partsOf(points, [{ path: pattern, head: 2 }]);
  if (head === undefined) throw new Error('No head.');

  it('says which token is missing', () => {
    const change = changeOf({ part: head, deed: 'zero', from: '', position: 4 });
    expect(obstacleTo(change, { tokens: 5, context: 32 })).toBeUndefined();
    expect(obstacleTo(change, { tokens: 4, context: 32 })).toContain('has no token 4. Remove it');
  });

  it('says how many tokens a patch has; one that fills the context loses its beginning', () => {
    const wish = { part: head, deed: 'patch', from: 'sam', position: undefined } as const;
    const change = changeOf({ ...wish, tokens: 1200 });
    expect(obstacleTo(change, { tokens: 1, context: 2000 })).toContain(
      'its text has 1,200 tokens, and the text shown has 1. Remove it',
    );
    expect(obstacleTo(change, { tokens: 1024, context: 1024 })).toBeUndefined();
    expect(misfitOf(1, { tokens: 7, context: 32 })).toBe(
      'It has 1 token, and the text shown has 7.',
    );
  });
});

describe('the sentence on what was seen', () => {
  const seen = (before?: number, after?: number): WhatIfResult => {
    const outcome = (loss?: number): WhatIfResult['before'] => ({
      ...(loss !== undefined && { loss }),
      surprises: new Float32Array(),
      sample: { tokens: [], text: '' },
    });
    const whose = { runId: 'r1', step: 7, tokens: [], cropped: 0, next: [] };
    return { ...whose, before: outcome(before), after: outcome(after) };
  };
  const change = {
    name: 'Layer 0, head 2 silenced',
    change: { do: 'zero', at: { part: 'layer', layer: 0 } },
  } as const;

  it('says how much the loss rises, falls, or that it stays', () => {
    expect(verdict([change], seen(1, 1.42))).toBe(
      'With “Layer 0, head 2 silenced” the loss on this text rises by 0.420, from 1.000 to 1.420 nats per token.',
    );
    expect(verdict([change, change], seen(2, 1.5))).toMatch(
      /^With these 2 changes .* falls by 0.5/,
    );
    expect(verdict([change], seen(1, 1.0001))).toContain('stays at 1.000');
  });

  it('says that one token alone has no loss', () => {
    expect(verdict([change], seen())).toContain('One token alone has no loss');
  });
});

it('two texts part at their first different token, also where one ends sooner', () => {
  const ids = (...all: number[]) => all.map((id) => ({ id }));
  expect(firstDifference(ids(1, 2, 3), ids(1, 4, 3))).toBe(1);
  expect(firstDifference(ids(1, 2), ids(1))).toBe(1);
  expect(firstDifference(ids(1), ids(1))).toBeUndefined();
});
