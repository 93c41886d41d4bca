/** @file Whether the form turns what was typed into a configuration, or says why it cannot. */
import { describe, expect, it } from 'vitest';
import { defaultPreset, defaultSampling } from '../../../webview/config/presets';
import { formFields, furtherFields, mainFields } from '../../../webview/ui/state/formFields';
import {
  differences,
  readForm,
  readSampling,
  runName,
  toCorrect,
  valuesOf,
} from '../../../webview/ui/state/formValues';

const { config } = defaultPreset;
const values = valuesOf(config);

describe('the form', () => {
  it('has a control for every field of the schema but those that offer no choice', () => {
    const count = (group: object): number => Object.keys(group).length;
    const expected =
      count(config.model) +
      count(config.data) +
      count(config.training) +
      count(defaultSampling) -
      1;
    expect(formFields).toHaveLength(expected);
  });

  it('shows the main sizes first and every other field once', () => {
    expect(mainFields.map(({ key }) => key)).toEqual([
      'source',
      'layers',
      'dModel',
      'heads',
      'context',
      'batchSize',
      'steps',
      'learningRate',
    ]);
    const further = (['model', 'data', 'training', 'sampling'] as const).flatMap(furtherFields);
    expect(new Set([...mainFields, ...further]).size).toBe(formFields.length);
  });

  it('gives back the configuration it was filled with', () => {
    expect(readForm(values, config)).toEqual({ ok: true, value: config, errors: {} });
  });

  it('reads what was typed', () => {
    const reading = readForm({ ...values, 'model.layers': ' 6 ', 'model.bias': false }, config);
    expect(reading.ok && reading.value.model).toMatchObject({ layers: 6, bias: false });
  });

  it.each(['', 'four', '2.5', '99', '-1'])('says what layers may be when given "%s"', (text) => {
    const reading = readForm({ ...values, 'model.layers': text }, config);
    expect(reading.ok).toBe(false);
    expect(reading.errors).toEqual({
      'model.layers': 'Layers must be a whole number from 0 to 48',
    });
  });

  it('names every wrong field at once', () => {
    const wrong = { ...values, 'model.layers': 'x', 'training.steps': '0' };
    expect(Object.keys(readForm(wrong, config).errors).sort()).toEqual([
      'model.layers',
      'training.steps',
    ]);
  });

  it('says which fields are to be corrected', () => {
    const one = { ...values, 'training.warmupSteps': '-5' };
    expect(toCorrect(readForm(one, config).errors)).toBe('Correct “Warm-up steps” first');
    const two = { ...one, 'model.layers': 'x' };
    expect(toCorrect(readForm(two, config).errors)).toBe('Correct “Layers” and 1 more first');
  });

  it('says at the heads that they do not divide the width, and which would', () => {
    const reading = readForm({ ...values, 'model.heads': '3', 'model.dModel': '20' }, config);
    expect(reading.errors['model.heads']).toMatch(
      /3 heads do not divide d_model 20.*Choose .* heads/,
    );
  });

  it('says that sizes do not fit also where another value is wrong, but not of a wrong size', () => {
    const misfit = { ...values, 'model.heads': '3', 'training.learningRate': '5' };
    expect(readForm(misfit, config).errors).toEqual({
      'model.heads': expect.stringContaining('3 heads do not divide d_model 64') as string,
      'training.learningRate': 'Learning rate must be a number from 0 to 1',
    });
    expect(readForm({ ...misfit, 'model.heads': '99' }, config).errors['model.heads']).toBe(
      'Heads must be a whole number from 1 to 64',
    );
  });
});

describe('what differs from the preset', () => {
  it('is nothing for the preset itself, however its numbers are written', () => {
    expect(differences({ ...values, 'training.learningRate': '3e-3' }, config)).toEqual([]);
    expect(runName('Tiny GPT', [])).toBe('Tiny GPT');
  });

  it('is said in words, and names the run', () => {
    const changed = differences(
      { ...values, 'model.layers': '4', 'model.residual': false, 'training.seed': '7' },
      config,
    );
    expect(changed).toEqual([
      { label: 'Layers', from: '2', to: '4' },
      { label: 'Residual connections', from: 'on', to: 'off' },
      { label: 'Seed', from: '1337', to: '7' },
    ]);
    expect(runName('Tiny GPT', changed)).toBe('Tiny GPT (Layers 4, Residual connections off, …)');
  });
});

it('groups the digits of what counts something, as everywhere, and of nothing else', () => {
  const changed = differences(
    { ...values, 'training.steps': '1000000', 'training.learningRate': '0.0005' },
    config,
  );
  expect(changed).toEqual([
    { label: 'Steps', from: '8,000', to: '1,000,000' },
    expect.objectContaining({ label: 'Learning rate', to: '0.0005' }),
  ]);
  expect(runName('Tiny GPT', changed)).toBe('Tiny GPT (Steps 1,000,000, Learning rate 0.0005)');
});

describe('the longest name of a text', () => {
  it('leaves room for what was changed, and can be used', () => {
    const changed = differences({ ...values, 'model.layers': '4' }, config);
    const name = runName('n'.repeat(200), changed);
    expect(name.endsWith('nnn (Layers 4)')).toBe(true);
    expect(readForm(values, { ...config, name }).ok).toBe(true);
  });
});

describe('the sampling controls', () => {
  it('read what was typed, and complain where it cannot be', () => {
    const sampling = valuesOf({ sampling: defaultSampling });
    const good = readSampling({ ...sampling, 'sampling.topK': '5' }, defaultSampling);
    expect(good.ok && good.value.topK).toBe(5);
    const bad = readSampling({ ...sampling, 'sampling.topP': '2' }, defaultSampling);
    expect(bad.errors['sampling.topP']).toContain('from 0.01 to 1');
  });
});
