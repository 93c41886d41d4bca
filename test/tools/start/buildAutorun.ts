/** @file Builds the extension that trains when a window of `npm start` opens. */
import { build } from 'esbuild';
import { join } from 'node:path';
import { inRepository } from '../support/repository';

/** Returns the extension's folder. */
export async function buildAutorun(): Promise<string> {
  const folder = inRepository('test', 'harness', 'autorun');
  await build({
    entryPoints: [join(folder, 'autorun.ts')],
    outfile: join(folder, 'dist', 'autorun.js'),
    bundle: true,
    format: 'cjs',
    external: ['vscode'],
    logLevel: 'warning',
  });
  return folder;
}
