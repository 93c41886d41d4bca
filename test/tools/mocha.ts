/**
 * @file Runs tests that drive Chromium from Node, `mocha browser|journeys [--grep TEXT]`: the
 * `*.test.ts` files of one folder, bundled together so that they share their helpers.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, stop } from 'esbuild';
import Mocha from 'mocha';
import { Complaint, removeFolder, withCleanup } from './support/cleanup';
import { ensureChromium } from './chromium';
import { stopAllGroups } from './support/processes';
import { inRepository } from './support/repository';
import { writeTotals } from './support/totals';
import { ensureVscodeServer } from './vscodeServer/install';

const folders: Readonly<Record<string, string>> = {
  browser: inRepository('test', 'browser'),
  journeys: inRepository('test', 'vscode', 'journeys'),
};

await withCleanup(async (cleanup) => {
  cleanup.add(stopAllGroups);
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { grep: { type: 'string' } },
  });
  const [name = ''] = positionals;
  const folder = folders[name];
  if (folder === undefined) {
    throw new Complaint(`Name one of the test folders: ${Object.keys(folders).join(', ')}.`);
  }
  await ensureChromium();
  if (name === 'journeys') await ensureVscodeServer();
  const mocha = new Mocha({ ui: 'tdd', timeout: 60_000, ...values });
  for (const file of await bundleTests(folder, inRepository('dist', 'test', name))) {
    mocha.addFile(file);
  }
  await mocha.loadFilesAsync();
  return new Promise((resolve) => {
    const runner = mocha.run((failures) => {
      const { passes = 0, pending = 0 } = runner.stats ?? {};
      const totals = { passed: passes, failed: failures, skipped: pending };
      resolve(writeTotals(name, totals).then(() => (failures > 0 ? 1 : 0)));
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
