/**
 * @file `npm run build`, and `npm run watch` with `--watch`: esbuild.mjs, after what it needs is
 * installed.
 */
import { withCleanup } from './support/cleanup';
import { run, stopAllGroups } from './support/processes';
import { inRepository } from './support/repository';

await withCleanup(async (cleanup) => {
  cleanup.add(stopAllGroups);
  return run(process.execPath, [inRepository('esbuild.mjs'), ...process.argv.slice(2)]);
}, 0);
