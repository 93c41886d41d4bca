/** @file The arguments of `npm start`. */
import { describe, expect, it } from 'vitest';

import { parseOptions, usage } from '../../tools/start/options';

describe('the options of npm start', () => {
  it('open what there is where nothing is said', () => {
    expect(parseOptions([])).toEqual({ server: false, open: true });
  });

  it('serve, without a browser', () => {
    expect(parseOptions(['--server', '--no-open'])).toEqual({ server: true, open: false });
  });

  it('ask for help only', () => {
    expect(parseOptions(['--help'])).toBeUndefined();
  });

  it.each([
    ['--foo', "Unknown option '--foo'"],
    ['folder', "Unexpected argument 'folder'"],
  ])('say of “%s” that it is wrong, and which are right', (arg, message) => {
    const wrong = (): unknown => parseOptions([arg]);
    expect(wrong).toThrow(message);
    expect(wrong).toThrow(usage);
  });
});
