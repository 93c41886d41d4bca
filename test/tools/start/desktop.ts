/** @file Opens a desktop VS Code, apart from the one that its user may have open. */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Cleanup } from '../support/cleanup';
import { startGroup } from '../support/processes';
import { writeQuietSettings } from '../vscodeServer/quietSettings';
import { hasScreen, type StartWindow } from './window';

/**
 * The `code` command of a desktop VS Code; undefined where there is none, no screen, or where
 * `code` only speaks to a window elsewhere (in the terminal of a remote window).
 */
export function findDesktop(): string | undefined {
  if (!hasScreen() || process.env.VSCODE_IPC_HOOK_CLI !== undefined) return undefined;
  const name = process.platform === 'win32' ? 'code.cmd' : 'code';
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}

/** Opens the window and waits until it is closed. */
export async function openDesktop(
  code: string,
  window: StartWindow,
  cleanup: Cleanup,
): Promise<number> {
  const userData = join(window.folder, 'desktop');
  await writeQuietSettings(join(userData, 'User', 'settings.json'));
  const options = [
    '--wait',
    '--new-window',
    '--disable-extensions',
    `--user-data-dir=${userData}`,
    ...[window.extension, window.autorun].map((path) => `--extensionDevelopmentPath=${path}`),
    window.workspace,
  ];
  // On Windows `code` is a script, which only a shell can start; a shell splits names at their
  // spaces.
  const shell = process.platform === 'win32';
  const quoted = (text: string): string => (shell ? `"${text}"` : text);
  const child = startGroup(quoted(code), options.map(quoted), { stdio: 'inherit', shell });
  cleanup.add(() => endDesktop(userData));
  console.log(`VS Code is opening. Close its window, or press Ctrl-C here, to end.`);
  const [exitCode] = (await once(child, 'exit')) as [number | null];
  return exitCode ?? 1;
}

/** `code` has started VS Code apart from itself; VS Code notes its process in its folder. */
async function endDesktop(userData: string): Promise<void> {
  const lock = join(userData, 'code.lock');
  if (!existsSync(lock)) return;
  const pid = Number(await readFile(lock, 'utf8'));
  try {
    if (pid > 0) process.kill(pid, 'SIGTERM');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
