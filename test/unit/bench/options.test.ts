/** @file The bench's arguments. */
import { describe, expect, it } from 'vitest';

import { parseOptions } from '../../bench/options';

describe('the options of the bench', () => {
  it('measure everything where nothing is said', () => {
    expect(parseOptions([])).toEqual({
      backends: ['wasm', 'cpu', 'webgpu'],
      configurations: ['tiny', 'preset', 'base'],
      samples: 20,
      seconds: 4,
      minutes: 8,
      json: false,
      stock: true,
    });
  });

  it('take names with commas and by repetition, each once, the slowest last', () => {
    const args = '--backend webgpu,wasm --backend wasm --config base --config tiny'.split(' ');
    expect(parseOptions(args)).toMatchObject({
      backends: ['wasm', 'webgpu'],
      configurations: ['tiny', 'base'],
    });
  });

  it('take numbers and switches', () => {
    const args = '--samples 3 --seconds 0.5 --minutes 20 --json --no-stock'.split(' ');
    expect(parseOptions(args)).toMatchObject({
      samples: 3,
      seconds: 0.5,
      minutes: 20,
      json: true,
      stock: false,
    });
  });

  it('ask for help only', () => {
    expect(parseOptions(['--help'])).toBeUndefined();
  });

  it.each([
    ['--backend gpu', '--backend does not know “gpu”: use wasm, cpu, webgpu.'],
    ['--config tiny,huge', '--config does not know “huge”: use tiny, preset, base.'],
    ['--samples 2.5', '--samples is “2.5”: give a whole number above 0.'],
    ['--seconds none', '--seconds is “none”: give a number above 0.'],
    ['--minutes=-1', '--minutes is “-1”: give a number above 0.'],
    ['--seconds=', '--seconds is “”: give a number above 0.'],
    ['--sample 3', "Unknown option '--sample'"],
    ['wasm', "Unexpected argument 'wasm'"],
  ])('say what is wrong with “%s”', (args, message) => {
    expect(() => parseOptions(args.split(' '))).toThrow(message);
  });
});
