/**
 * @file Texts without the paths in them, which tell a user's name and projects. Knows no VS Code.
 */

/**
 * An absolute path up to its last part: after an address of another scheme than the web's, a drive,
 * two backslashes or a slash, all that ends with a slash or a backslash. Folders may have spaces,
 * so rather too much goes than too little; quotes and the ends of lines end a path.
 */
const beforeLastPart =
  /(?<![\w/\\.:-])(?:(?!https?:)[a-z][\w+.-]+:\/+|[a-z]:[\\/]+|\\\\|\/(?=[^\s/]))(?:[^\\/'"`“”<>|\r\n]*[\\/]+)*/gi;

/** The text with each absolute path and each address of a file cut to its last part. */
export function withoutPaths(text: string): string {
  return text.replaceAll(beforeLastPart, '');
}
