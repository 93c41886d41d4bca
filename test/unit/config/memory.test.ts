/** @file Sizes as they are told. */
import { expect, it } from 'vitest';
import { formatBytes } from '../../../webview/config/memory';

it.each([
  [800, '1 kB'],
  [850e6, '850 MB'],
  [4.26e9, '4.3 GB'],
  [130e9, '130 GB'],
  [2_073_036e9, '2,073 TB'],
])('%d bytes read as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
