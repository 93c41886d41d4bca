/** @file Serves VS Code to a browser of this machine. */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Cleanup } from '../support/cleanup';
import { startGroup } from '../support/processes';
import { workbenchUrl } from '../vscodeServer/address';
import { startVscodeServer } from '../vscodeServer/server';
import { hasScreen, type StartWindow } from './window';

/** Starts the server, shows its address, opens it if asked and possible, and serves until ended. */
export async function openServed(
  window: StartWindow,
  open: boolean,
  cleanup: Cleanup,
): Promise<number> {
  const server = await startVscodeServer({
    folder: join(window.folder, 'served'),
    port: await rememberedPort(window.folder),
    // The address names one extension in development; the other is installed.
    installed: [window.autorun],
  });
  cleanup.add(() => server.stop());
  await writeFile(portFile(window.folder), new URL(`http://${server.host}`).port);
  const url = workbenchUrl(server, {
    folder: window.workspace,
    extension: window.extension,
  });
  console.log(`\nVS Code is running. Open this address in Chrome, Edge or Chromium:\n\n${url}\n`);
  if (open && hasScreen()) openBrowser(url);
  console.log('Press Ctrl-C to end.');
  const [exitCode] = (await once(server.process, 'exit')) as [number | null];
  return exitCode ?? 1;
}

const portFile = (folder: string): string => join(folder, 'port');

/**
 * The port of last time if it is free, else any. A browser keeps what VS Code stores in it by
 * address: on another port the window would have forgotten its run.
 */
async function rememberedPort(folder: string): Promise<number> {
  if (!existsSync(portFile(folder))) return 0;
  const port = Number(await readFile(portFile(folder), 'utf8'));
  const probe = createServer();
  const isFree = await new Promise<boolean>((resolve) => {
    probe.once('error', () => {
      resolve(false);
    });
    probe.listen(port, '127.0.0.1', () => {
      resolve(true);
    });
  });
  probe.close();
  return isFree ? port : 0;
}

function openBrowser(url: string): void {
  const opener = { darwin: ['open'], win32: ['cmd', '/c', 'start', '""'] }[
    process.platform as string
  ];
  const [command = 'xdg-open', ...args] = opener ?? [];
  startGroup(command, [...args, url], { stdio: 'ignore' }).once('error', () => {
    console.log('No browser could be opened from here: please open the address yourself.');
  });
}
