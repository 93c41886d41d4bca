/**
 * @file Makes the VSIX with vsce, which builds for production first and picks files by
 * `.vscodeignore`.
 */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { run } from '../support/processes';
import { inRepository, packageCommand, root } from '../support/repository';

/** Everything is bundled, and the README's picture travels with it. */
const options = ['--no-dependencies', '--no-rewrite-relative-links', '--allow-missing-repository'];

/**
 * Writes the package to `file`.
 * @throws {Error} with what vsce said, if it fails.
 */
export async function makePackage(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  let output = '';
  const code = await run(
    process.execPath,
    [packageCommand('@vscode/vsce', 'vsce'), 'package', ...options, '--out', file],
    {
      cwd: root,
      onOutput: (text) => {
        output += text;
      },
    },
  );
  if (code !== 0) throw new Error(`vsce ended with exit code ${code}:\n${output}`);
}

/** Where `npm run package` puts the package of a version. */
export const packageFile = (version: string): string =>
  inRepository(`transformer-playground-${version}.vsix`);
