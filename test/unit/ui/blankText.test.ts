/** @file Whether an empty box is told from a text that cannot be seen. */
import { describe, expect, it } from 'vitest';
import { blankText } from '../../../webview/ui/views/blankText';

describe('a text of the model', () => {
  it.each([
    ['\n\n\n', '(only line breaks)'],
    ['\r\n', '(only line breaks)'],
    [' \n ', '(only spaces and line breaks)'],
    ['', '(nothing)'],
    ['\n.', undefined],
  ])('%j is told as %s', (text, told) => {
    expect(blankText(text)).toBe(told);
  });
});
