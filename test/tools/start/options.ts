/** @file What `npm start` may be asked for. */
import { readArguments } from '../support/arguments';

export interface StartOptions {
  /** VS Code for browsers, also where there is a desktop. */
  readonly server: boolean;
  /** A browser is opened. */
  readonly open: boolean;
}

export const usage = `npm start -- [options]

Builds, and opens VS Code with the extension, a sample workspace and a model being trained in it.

  --server    Serves VS Code to a browser, also on a machine with a desktop.
  --no-open   With --server: prints the address and opens no browser.
  --help      Prints this.

Ctrl-C ends it.`;

/**
 * Reads the arguments.
 * @returns undefined where only help is wanted.
 * @throws {Complaint} that names the wrong one and the right ones.
 */
export function parseOptions(args: readonly string[]): StartOptions | undefined {
  const values = valuesOf(args);
  return values.help ? undefined : { server: values.server, open: !values['no-open'] };
}

function valuesOf(args: readonly string[]) {
  const options = {
    server: { type: 'boolean', default: false },
    'no-open': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  } as const;
  return readArguments({ args: [...args], options }, `\n${usage}`).values;
}
