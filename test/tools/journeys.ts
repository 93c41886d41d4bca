/**
 * @file Runs the journeys, `journeys [--suite FOLDER] [--grep TEXT]`: mocha in Node, driving VS
 * Code's workbench. The test files of a folder of `test/vscode` are bundled together, so that they
 * share their helpers.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, stop } from 'esbuild';
import Mocha from 'mocha';
import { removeFolder, withCleanup } from './support/cleanup';
import { ensureChromium } from './chromium';
import { stopAllGroups } from './support/processes';
import { inRepository } from './support/repository';
import { writeTotals } from './support/totals';
import { ensureVscodeServer } from './vscodeServer/install';

await withCleanup(async (cleanup) => {
  cleanup.add(stopAllGroups);
  const { values } = parseArgs({
    options: { suite: { type: 'string', default: 'journeys' }, grep: { type: 'string' } },
  });
  const { suite, ...filter } = values;
  await Promise.all([ensureChromium(), ensureVscodeServer()]);
  const mocha = new Mocha({ ui: 'tdd', ...filter });
  const folder = inRepository('test', 'vscode', suite);
  for (const file of await bundleTests(folder, inRepository('dist', 'test', suite))) {
    mocha.addFile(file);
  }
  await mocha.loadFilesAsync();
  return new Promise((resolve) => {
    const runner = mocha.run((failed) => {
      const { passes = 0, pending = 0 } = runner.stats ?? {};
      const totals = { passed: passes, failed, skipped: pending };
      resolve(writeTotals(suite, totals).then(() => (failed > 0 ? 1 : 0)));
    });
  });
});

async function bundleTests(folder: string, outdir: string): Promise<string[]> {
  const files = await readdir(folder, { recursive: true });
  const entryPoints = files.filter((file) => file.endsWith('.test.ts')).sort();
  await removeFolder(outdir);
  await build({
    entryPoints: entryPoints.map((file) => join(folder, file)),
    outdir,
    outbase: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  await stop();
  return entryPoints.map((file) => join(outdir, file.replace(/\.ts$/, '.mjs')));
}
