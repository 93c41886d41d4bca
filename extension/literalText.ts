/** @file Keeps VS Code from reading its own notation into names of files and runs. Pure. */

/** Of no width, and no part of a name that anybody types. */
const joint = '\u200b';

/**
 * A text that VS Code shows as it is. Of `[a](command:b)` a notification would make a link that
 * runs a command, of `$(bug)` a list or the status bar an icon: a file's name could hold either.
 */
export function literalText(text: string): string {
  return text.replaceAll('](', `]${joint}(`).replaceAll('$(', `$${joint}(`);
}
