#!/usr/bin/env node
/**
 * @file Runs a development tool, `node test/tools/run.mjs NAME [arguments]`, on a machine that has
 * only Node and npm. Uses nothing but Node's built-ins until the packages are installed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Something the reader can mend: shown without a stack. */
class Complaint extends Error {}

try {
  checkNode();
  installPackages();
  await runTool(process.argv[2]);
} catch (error) {
  console.error(error instanceof Complaint ? error.message : error);
  process.exitCode = 1;
}

function checkNode() {
  const oldest = '20.19.0';
  if (process.versions.node.localeCompare(oldest, 'en', { numeric: true }) < 0) {
    throw new Complaint(
      `Node ${process.versions.node} is too old: install Node ${oldest} or newer.`,
    );
  }
}

function installPackages() {
  const difference = firstMissingPackage();
  if (difference === undefined) return;
  console.log(`Installing packages with "npm ci" (${difference}) …`);
  const windows = process.platform === 'win32';
  const { status, error } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: 'inherit',
    shell: windows,
  });
  if (status !== 0) {
    throw new Complaint(
      `"npm ci" failed (${error?.message ?? `exit code ${status}`}), npm says why above. It needs ` +
        'the npm registry: without a network, connect this machine once; behind a mirror, set ' +
        '"registry" in ~/.npmrc.',
    );
  }
}

/**
 * Names the first package whose installed version is not the locked one. Contents are compared and
 * not dates, because a checkout touches the lock file without changing it.
 */
function firstMissingPackage() {
  const installedLock = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedLock)) return 'none are installed';
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedLock, 'utf8')).packages;
  for (const [path, { version, optional }] of Object.entries(wanted)) {
    if (path === '' || (optional && !installed[path])) continue;
    if (installed[path]?.version !== version) return `${path} ${version} is missing`;
  }
  return undefined;
}

/** Bundles the tool and runs it in this process, so that signals and the exit code are its own. */
async function runTool(name) {
  const source = join(root, 'test', 'tools', `${name}.ts`);
  if (!name || !existsSync(source)) throw new Complaint(`There is no tool "${name}" (${source}).`);
  const { build, stop } = await import('esbuild');
  const outfile = join(root, 'dist', 'tools', `${name}.mjs`);
  await build({
    absWorkingDir: root,
    entryPoints: [source],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  await stop();
  process.setSourceMapsEnabled(true);
  process.chdir(root);
  process.argv.splice(1, 2, outfile);
  await import(pathToFileURL(outfile).href);
}
