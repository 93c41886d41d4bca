/** @file A configuration from outside: what is wrong is named with its value and a remedy. */
import { describe, expect, it } from 'vitest';
import { PlaygroundError } from '../../../webview/config/errors';
import { defaultPreset } from '../../../webview/config/presets';
import { readRunConfig } from '../../../webview/config/run';

const { config } = defaultPreset;

function refusalOf(value: unknown): string {
  try {
    readRunConfig(value);
  } catch (error) {
    if (error instanceof PlaygroundError) return `${error.code}: ${error.message} ${error.remedy}`;
    throw error;
  }
  return 'none';
}

describe('a configuration', () => {
  it('that is sound is taken as it is', () => {
    expect(readRunConfig(JSON.parse(JSON.stringify(config)))).toEqual(config);
  });

  const remedy = 'Correct the values named, or start again from a preset.';

  it.each([
    [
      { ...config, model: { ...config.model, layers: 99 } },
      'model.layers: Layers must be a whole number from 0 to 48, not 99',
    ],
    [
      { ...config, data: { ...config.data, tokenizer: 'words' } },
      'data.tokenizer: Tokenizer must be one of: characters, gpt2, cl100k_base, not "words"',
    ],
    [{ ...config, name: '' }, 'name: Name must be a text of 1 to 200 characters, not ""'],
    [{ ...config, preset: 7 }, 'preset: Preset must be a text of at most 100 characters, not 7'],
    [{ ...config, model: undefined }, 'model is missing'],
    [{ ...config, training: [] }, 'training: Training must be an object, not []'],
    [null, 'it must be an object, not null'],
    [undefined, 'it must be an object, not undefined'],
    [{ ...config, training: NaN }, 'training: Training must be an object, not NaN'],
    ['x'.repeat(100), `it must be an object, not "${'x'.repeat(59)}…`],
  ])('is refused with what was found: %#', (value, found) => {
    expect(refusalOf(value)).toBe(
      `config-invalid: This configuration cannot be used: ${found}. ${remedy}`,
    );
  });

  it('of several faults names each', () => {
    const model = { ...config.model, layers: -1, tied: 'yes' };
    expect(refusalOf({ ...config, model })).toMatch(/layers: .*not -1; model\.tied: .*not "yes"/);
  });

  it('of another version says so, and what helps', () => {
    expect(refusalOf({ ...config, version: 2 })).toBe(
      'config-version: This configuration is of version 2; this version of Transformer Playground reads version 1. Update Transformer Playground, or start again from a preset.',
    );
  });
});
