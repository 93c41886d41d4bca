/** @file Where things lie in the repository. `run.mjs` starts every tool in its root. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The root of the repository: the folder of package.json. */
export const root = process.cwd();

/** A path inside the repository. */
export const inRepository = (...segments: string[]): string => join(root, ...segments);

/** What tools download or keep between runs; ignored by git. */
export const cacheFolder = inRepository('.vscode-test');

/** Screenshots, logs and totals of the last test run; ignored by git. */
export const outputFolder = inRepository('test', 'output');

/**
 * The JavaScript file behind a package's command, to be run with `process.execPath`: unlike the
 * wrappers in node_modules/.bin it starts the same way on every platform.
 */
export function packageCommand(packageName: string, command: string = packageName): string {
  const require = createRequire(inRepository('package.json'));
  const manifestPath = inRepository('node_modules', packageName, 'package.json');
  const { bin } = require(manifestPath) as { bin?: string | Record<string, string> };
  const file = typeof bin === 'string' ? bin : bin?.[command];
  if (file === undefined) throw new Error(`${packageName} has no command "${command}".`);
  return join(dirname(manifestPath), file);
}
