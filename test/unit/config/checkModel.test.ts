/** @file Whether sizes that do not fit are refused with advice that fits. */
import { describe, expect, it } from 'vitest';
import { checkModel } from '../../../webview/config/checkModel';
import { modelSchema } from '../../../webview/config/model';
import { defaultPreset } from '../../../webview/config/presets';

const { model } = defaultPreset.config;

function refusalOf(heads: number, dModel: number): unknown {
  try {
    checkModel({ ...model, heads, dModel });
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('checkModel', () => {
  it('lets pass what fits', () => {
    expect(refusalOf(4, 20)).toBeUndefined();
  });

  it('names the heads that are nearest and the widths that are', () => {
    expect(refusalOf(3, 20)).toMatchObject({
      code: 'heads-do-not-divide',
      message:
        '3 heads do not divide d_model 20: each head needs the same whole number of dimensions.',
      remedy: 'Choose 1, 2 or 4 heads, or make d_model 18 or 21.',
    });
  });

  it('speaks of one head where only one divides the width', () => {
    expect(refusalOf(4, 97)).toMatchObject({
      remedy: 'Choose 1 head, or make d_model 96 or 100.',
    });
  });

  it('advises no width that the form refuses', () => {
    expect(refusalOf(7, 4096)).toMatchObject({
      remedy: 'Choose 2, 4 or 8 heads, or make d_model 4095.',
    });
    expect(modelSchema.safeParse({ ...model, dModel: 4102 }).success).toBe(false);
  });

  it('advises no number of heads that the form refuses', () => {
    // 65 divides 130, but a block has at most 64 heads.
    expect(refusalOf(64, 130)).toMatchObject({
      remedy: 'Choose 10, 13 or 26 heads, or make d_model 128 or 192.',
    });
    expect(modelSchema.safeParse({ ...model, heads: 65 }).success).toBe(false);
    expect(modelSchema.safeParse({ ...model, heads: 64 }).success).toBe(true);
  });
});
