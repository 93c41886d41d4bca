/** @file Sizes as they are told. */
import { expect, it } from 'vitest';
import { formatBytes } from '../../../webview/config/memory';

it.each([
  [0, '0 B'],
  [4, '4 B'],
  [999, '999 B'],
  [1152, '1.2 kB'],
  [73_728, '74 kB'],
  [999_700, '1 MB'],
  [999_800_000, '1.0 GB'],
  [850e6, '850 MB'],
  [4.26e9, '4.3 GB'],
  [130e9, '130 GB'],
  [2_073_036e9, '2,073 TB'],
])('%d bytes read as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
