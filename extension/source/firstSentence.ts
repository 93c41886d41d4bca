/** @file What a file of the source, or an explanation, says first. Pure. */

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

/** The first sentence of a paragraph of Markdown, in plain characters. */
export function openingSentence(paragraph: string): string {
  const plain = paragraph.replaceAll(/\[([^\]]+)\]\([^)]*\)/g, '$1').replaceAll(/[`*]/g, '');
  // Not the full stop of “et al.”, nor one within a number.
  const end = plain.search(/[.?!](?= \p{Lu})|[.?!]$/u);
  return end < 0 ? plain : plain.slice(0, end + 1);
}
