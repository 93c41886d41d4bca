/** @file Whether the form says how large a model is before it is built. */
import { describe, expect, it } from 'vitest';
import { countParameters } from '../../../webview/config/parameters';
import { defaultPreset } from '../../../webview/config/presets';

const tiny = defaultPreset.config.model;

describe('countParameters', () => {
  it('gives GPT-2 its published 124,439,808', () => {
    const gpt2 = { ...tiny, layers: 12, dModel: 768, heads: 12, context: 1024 };
    expect(countParameters({ ...gpt2, vocabulary: 50_257 }).total).toBe(124_439_808);
  });

  it('counts only what a rung of the ladder has', () => {
    const sizes = { layers: 0, dModel: 2, vocabulary: 3 };
    const bare = { ...tiny, ...sizes, bias: false, positions: 'none' as const };
    // Three tokens of two numbers, and the final norm's two gains.
    expect(countParameters(bare).total).toBe(8);
    expect(countParameters({ ...bare, tied: false }).total).toBe(14);
    // One block: a norm's 2 gains and four 2 × 2 matrices, or two of them.
    const attention = { ...bare, layers: 1, mlp: 'none' as const };
    expect(countParameters(attention).total).toBe(8 + 18);
    expect(countParameters({ ...attention, attention: 'uniform' }).total).toBe(8 + 10);
  });
});
