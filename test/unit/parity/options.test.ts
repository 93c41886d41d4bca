/** @file The arguments of the parity tool. */
import { describe, expect, it } from 'vitest';

import { parseOptions } from '../../tools/parity/options';

describe('the options of the parity tool', () => {
  it('take folders, on every backend where none is named', () => {
    expect(parseOptions(['a', 'b'])).toEqual({ folders: ['a', 'b'], backends: undefined });
    const named = parseOptions(['--backend', 'cpu', '--backend', 'wasm', 'a']);
    expect(named).toEqual({ folders: ['a'], backends: ['cpu', 'wasm'] });
  });

  it('ask for help only', () => {
    expect(parseOptions(['--help'])).toBeUndefined();
  });

  it.each([
    [[], /No folder is named[^]*npm run parity -- \[--backend/],
    [['--backend', 'gpu', 'a'], /--backend does not know “gpu”: use .*webgpu/],
    [['--frob', 'a'], /--frob[^]*"npm run parity -- --help" lists the options/],
  ])('refuse %j by what is wrong with it', (args, message) => {
    expect(() => parseOptions(args)).toThrow(message);
  });
});
