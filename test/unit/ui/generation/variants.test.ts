/** @file Several samples and temperatures: which texts one press of Generate writes. */
import { expect, it } from 'vitest';
import { defaultSampling } from '../../../../webview/config/presets';
import { readTemperatures, variantsOf } from '../../../../webview/ui/views/generation/variants';

const drawn = (samples: number, temperatures: number[], seed = 7): [number, number][] =>
  variantsOf({ ...defaultSampling, temperature: 0.8, seed }, samples, temperatures).map((each) => [
    each.temperature,
    each.seed,
  ]);

it('seeds follow one another at each temperature', () => {
  expect(drawn(1, [])).toEqual([[0.8, 7]]);
  expect(drawn(2, [0.5, 1])).toEqual([
    [0.5, 7],
    [0.5, 8],
    [1, 7],
    [1, 8],
  ]);
});

it('the seed after the last one is the first', () => {
  expect(drawn(2, [], 2 ** 31 - 1)).toEqual([
    [0.8, 2 ** 31 - 1],
    [0.8, 0],
  ]);
});

it('temperatures are read with commas or spaces between them, each once', () => {
  expect(readTemperatures('0.5, 1  1.5,1')).toEqual({ ok: true, temperatures: [0.5, 1, 1.5] });
  expect(readTemperatures('')).toEqual({ ok: true, temperatures: [] });
});

it.each(['warm', '11', '-1'])('“%s” is no temperature, and the message says what is', (text) => {
  const read = readTemperatures(`0.5, ${text}`);
  expect(read.ok ? '' : read.error).toContain(`“${text}” cannot be used`);
  expect(read.ok ? '' : read.error).toContain('from 0 to 10');
});
