/** @file What is said of a text with nothing to be seen. Pure. */

/** Undefined where there is something to be seen. */
export function blankText(text: string): string | undefined {
  if (text.trim() !== '') return undefined;
  if (text === '') return '(nothing)';
  return /[^\r\n]/.test(text) ? '(only spaces and line breaks)' : '(only line breaks)';
}
