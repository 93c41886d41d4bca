/** @file Runs one VS Code server on a free port of this machine, with a home of its own. */
import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmod, cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeFolder } from '../support/cleanup';
import { startGroup, stopGroup } from '../support/processes';
import { ensureVscodeServer } from './install';
import { readManifest } from './manifest';
import { writeQuietSettings } from './quietSettings';

export interface ServerOptions {
  /** Keeps settings, extensions and storage here; default: a folder that goes with the server. */
  folder?: string;
  /** Default: any free port. */
  port?: number;
  /** User settings, over those that keep VS Code quiet. */
  settings?: Readonly<Record<string, unknown>>;
  /** Folders of unpacked extensions to install. */
  installed?: readonly string[];
}

/** A VS Code server that accepts browsers and runs extension hosts. */
export interface VscodeServer {
  /** Like 127.0.0.1:40123. */
  readonly host: string;
  /** What a browser has to show, as `tkn`, to be let in. */
  readonly token: string;
  readonly process: ChildProcess;
  /** Holds the folder's user settings. */
  readonly settingsFile: string;
  /** Everything that the server printed. */
  log(): string;
  stop(): Promise<void>;
}

/**
 * Starts the server (installing it first if need be) and waits until it listens.
 * @throws if it ends or says nothing for a minute; the message holds what it printed.
 */
export async function startVscodeServer(options: ServerOptions = {}): Promise<VscodeServer> {
  const { node, main } = await ensureVscodeServer();
  const temporary = await mkdtemp(join(tmpdir(), 'vscode-server-'));
  const folder = options.folder ?? temporary;
  const userData = join(folder, 'user');
  const settingsFile = join(userData, 'User', 'settings.json');
  const extensionsFolder = join(folder, 'extensions');
  await installExtensions(options.installed ?? [], extensionsFolder);
  await chmod(temporary, 0o700);
  await writeQuietSettings(settingsFile, options.settings);

  const token = randomUUID();
  const child = startGroup(
    node,
    [
      main,
      ...['--host', '127.0.0.1', '--port', String(options.port ?? 0)],
      ...['--connection-token', token, '--accept-server-license-terms'],
      // Only with it does the server let a page's address name extensions in development.
      '--enable-smoke-test-driver',
      ...['--telemetry-level', 'off'],
      ...['--user-data-dir', userData, '--server-data-dir', join(folder, 'server')],
      ...['--extensions-dir', extensionsFolder],
    ],
    { env: serverEnvironment(temporary), stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const stop = async (): Promise<void> => {
    await stopGroup(child);
    await removeFolder(temporary);
  };
  let output = '';
  try {
    const port = await new Promise<string>((resolve, reject) => {
      const onOutput = (text: string): void => {
        output += text;
        const listening = /Extension host agent listening on (\d+)/.exec(output);
        if (listening?.[1]) resolve(listening[1]);
      };
      for (const stream of [child.stdout, child.stderr]) {
        stream?.setEncoding('utf8').on('data', onOutput);
      }
      child.once('error', reject);
      child.once('exit', (code) => {
        reject(new Error(`The VS Code server ended with exit code ${String(code)}:\n${output}`));
      });
      setTimeout(() => {
        reject(new Error(`The VS Code server did not start within 60 s:\n${output}`));
      }, 60_000).unref();
    });
    return {
      host: `127.0.0.1:${port}`,
      token,
      process: child,
      settingsFile,
      log: () => output,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Copies extensions to where VS Code looks, and has it look anew. */
async function installExtensions(sources: readonly string[], target: string): Promise<void> {
  await mkdir(target, { recursive: true });
  for (const source of sources) {
    const { publisher, name, version } = await readManifest(source);
    const installed = join(target, `${publisher}.${name}-${version}`);
    await removeFolder(installed);
    await cp(source, installed, { recursive: true });
  }
  await rm(join(target, 'extensions.json'), { force: true });
}

/** Without what an outer VS Code or a test runner left, and with a home that is thrown away. */
function serverEnvironment(home: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE_|ELECTRON_|MOCHA_|npm_)/.test(name),
  );
  return {
    ...Object.fromEntries(inherited),
    HOME: home,
    TMPDIR: home,
    XDG_RUNTIME_DIR: home,
    XDG_CACHE_HOME: join(home, '.cache'),
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local', 'share'),
  };
}
