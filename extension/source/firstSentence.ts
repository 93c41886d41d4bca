/** @file What a file of the source says of itself first. Pure. */

/**
 * The first sentence of the `@file` comment, on one line and without its full stop; empty for a
 * file that says nothing.
 */
export function firstSentence(text: string): string {
  const comment = /\/\*\*([\s\S]*?)\*\//.exec(text)?.[1] ?? '';
  const said = comment
    .replaceAll(/^\s*\* ?/gm, '')
    .replace('@file', '')
    .trim();
  const [paragraph = ''] = said.split('\n\n');
  const line = paragraph.replaceAll(/\s+/g, ' ');
  // An abbreviation such as “et al., 2017” ends no sentence: a capital letter follows one.
  const end = line.search(/[.:](?= [A-Z])|[.:]$/);
  return end < 0 ? line : line.slice(0, end);
}
