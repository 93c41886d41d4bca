/**
 * @file Runs the suite inside VS Code, `vscode [--host node|web]`: in a desktop VS Code that is
 * downloaded, or, where that cannot be, in the launcher on a VS Code server.
 */
import { chmod, cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { build, stop } from 'esbuild';
import { totalsName } from '../vscode/launcher/totalsName';
import { ensureChromium } from './chromium';
import { withCleanup, type Cleanup } from './support/cleanup';
import { inRepository, root } from './support/repository';
import { writeTotals, type Totals } from './support/totals';
import { ensureVscodeServer } from './vscodeServer/install';

type Host = 'node' | 'web';
const mochaIn: Readonly<Record<Host, string>> = {
  node: `import Mocha from 'mocha';`,
  web: `import 'mocha/mocha.js'; const { Mocha } = globalThis;`,
};
const suiteFolder = inRepository('test', 'vscode', 'suite');
const outputOf = inRepository('dist', 'test', 'suite');

await withCleanup(async (cleanup) => {
  const { values } = parseArgs({ options: { host: { type: 'string' } } });
  const hosts: Host[] =
    values.host === 'node' || values.host === 'web' ? [values.host] : ['node', 'web'];
  const executable = (await canUseDesktop()) ? undefined : await buildLauncher();
  if (executable !== undefined) await Promise.all([ensureChromium(), ensureVscodeServer()]);
  let exitCode = 0;
  for (const host of hosts) {
    console.log(`\nIn the ${host === 'web' ? 'web-worker' : 'Node'} extension host:`);
    const totals = await runIn(host, executable, cleanup);
    await writeTotals(`suite-${host}`, totals);
    if (totals.failed > 0) exitCode = 1;
  }
  await stop();
  return exitCode;
});

async function runIn(
  host: Host,
  executable: string | undefined,
  cleanup: Cleanup,
): Promise<Totals> {
  const folder = await cleanup.temporaryFolder('vscode-suite');
  const workspace = join(folder, 'workspace');
  await cp(inRepository('test', 'harness', 'workspace'), workspace, { recursive: true });
  let failure: unknown;
  try {
    await runTests({
      ...(executable === undefined ? {} : { vscodeExecutablePath: executable }),
      extensionDevelopmentPath: root,
      extensionTestsPath: await bundleSuite(host),
      launchArgs: [
        workspace,
        `--user-data-dir=${join(folder, 'user')}`,
        '--disable-extensions',
        ...(host === 'web' ? ['--extensionDevelopmentKind=web'] : []),
      ],
    });
  } catch (error) {
    failure = error;
  }
  const totals = await readTotalsIn(workspace);
  if (totals !== undefined && (totals.failed > 0 || failure === undefined)) return totals;
  console.error('VS Code ended without a result of its tests:', failure);
  return { passed: totals?.passed ?? 0, failed: 1, skipped: 0 };
}

async function readTotalsIn(workspace: string): Promise<Totals | undefined> {
  const names = await readdir(workspace);
  if (!names.includes(totalsName)) return undefined;
  return JSON.parse(await readFile(join(workspace, totalsName), 'utf8')) as Totals;
}

/** One CommonJS file: the web-worker host can load no more. */
async function bundleSuite(host: Host): Promise<string> {
  const files = (await readdir(suiteFolder)).filter((file) => file.endsWith('.test.ts')).sort();
  const imports = files.map((file) => `await import(${JSON.stringify(`./${file}`)});`);
  const outfile = join(outputOf, `${host}.js`);
  await mkdir(outputOf, { recursive: true });
  await writeFile(join(outputOf, 'package.json'), '{"type":"commonjs"}\n');
  await build({
    stdin: {
      contents: `
        ${mochaIn[host]}
        import { runSuite } from '../launcher/run';
        export const run = () => runSuite(Mocha, async () => { ${imports.join('\n')} });`,
      resolveDir: suiteFolder,
      loader: 'ts',
    },
    outfile,
    bundle: true,
    platform: host === 'web' ? 'browser' : 'node',
    format: 'cjs',
    target: 'es2022',
    external: ['vscode', ...(host === 'web' ? [] : ['mocha'])],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  // What the suite shows in a webview of its own.
  await build({
    entryPoints: [join(suiteFolder, 'messages', 'page.ts')],
    outfile: join(outputOf, 'page.js'),
    bundle: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    logLevel: 'warning',
  });
  return outfile;
}

async function buildLauncher(): Promise<string> {
  const outfile = inRepository('dist', 'test', 'launcher.mjs');
  await build({
    entryPoints: [inRepository('test', 'vscode', 'launcher', 'launcher.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    banner: { js: '#!/usr/bin/env node' },
    logLevel: 'warning',
  });
  await chmod(outfile, 0o755);
  return outfile;
}

/** A desktop VS Code needs a screen and a server to download it from. */
async function canUseDesktop(): Promise<boolean> {
  const screen = process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY;
  if (process.platform === 'linux' && screen === undefined) return false;
  try {
    const releases = 'https://update.code.visualstudio.com/api/releases/stable';
    return (await fetch(releases, { signal: AbortSignal.timeout(5000) })).ok;
  } catch {
    // Not reachable from here: the launcher it is.
    return false;
  }
}
