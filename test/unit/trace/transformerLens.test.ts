/** @file The table of names: every path it knows is a point of the model, and every hook of a block is found. */
import { describe, expect, it } from 'vitest';

import { defaultPreset } from '../../../webview/config/presets';
import { model } from '../../../webview/model/model';
import { transformerLensName } from '../../../webview/trace/transformerLens';
import { dryPass } from '../../../webview/training/dryPass';

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
