/**
 * @file Ends of texts that are too long to be shown whole. No code point is cut in two, since
 * half of one is shown as a replacement character; an emoji of several may lose some. Pure.
 */

/** The first `most` UTF-16 units of a text, or one fewer. */
export function beginningOf(text: string, most: number): string {
  return text.slice(0, most).replace(/[\ud800-\udbff]$/, '');
}

/** The last `most` UTF-16 units of a text, or one fewer. */
export function endOf(text: string, most: number): string {
  return most > 0 ? text.slice(-most).replace(/^[\udc00-\udfff]/, '') : '';
}
