/**
 * @file `npm start [-- --server] [-- --no-open]`: builds, and opens VS Code with the extension, a
 * sample workspace and a model being trained in it. What it keeps lies in `.vscode-test/start`.
 */
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { stop } from 'esbuild';
import { Complaint, withCleanup } from './support/cleanup';
import { run, stopAllGroups } from './support/processes';
import { cacheFolder, inRepository, root } from './support/repository';
import { buildAutorun } from './start/buildAutorun';
import { findDesktop, openDesktop } from './start/desktop';
import { parseOptions, usage } from './start/options';
import { openServed } from './start/served';

const folder = join(cacheFolder, 'start');

await withCleanup(
  async (cleanup) => {
    cleanup.add(stopAllGroups);
    const options = parseOptions(process.argv.slice(2));
    if (options === undefined) {
      console.log(usage);
      return 0;
    }
    const autorun = await buildExtensions();
    const workspace = join(folder, 'workspace');
    await mkdir(folder, { recursive: true });
    // A copy, to be changed at will; what is there already stays as it was left.
    await cp(inRepository('test', 'harness', 'workspace'), workspace, {
      recursive: true,
      force: false,
    });
    const window = {
      folder,
      workspace,
      extension: root,
      autorun,
    };
    const desktop = options.server ? undefined : findDesktop();
    if (desktop !== undefined) return openDesktop(desktop, window, cleanup);
    return openServed(window, options.open, cleanup);
  },
  // Ctrl-C is how this tool ends.
  0,
);

/** Returns the folder of the extension that trains. */
async function buildExtensions(): Promise<string> {
  console.log('Building …');
  const code = await run(process.execPath, [inRepository('esbuild.mjs')]);
  if (code !== 0) throw new Complaint(`The build failed with exit code ${code}.`);
  const autorun = await buildAutorun();
  await stop();
  return autorun;
}
