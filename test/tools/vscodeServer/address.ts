/** @file Addresses of the workbench that a VS Code server serves. */
import { resolve } from 'node:path';
import type { VscodeServer } from './server';

export interface WorkbenchOptions {
  /** The folder to open; without one the window is empty. */
  folder?: string;
  /** The folder of the extension in development. An address can name one. */
  extension?: string;
  /** The file that exports `run()`, for a window that runs tests. */
  tests?: string;
  /** A file to open in the editor. */
  openFile?: string;
}

/** The address of a workbench window. */
export function workbenchUrl(
  { host, token }: Pick<VscodeServer, 'host' | 'token'>,
  { folder, extension, tests, openFile }: WorkbenchOptions,
): string {
  const uri = (path: string): string => `vscode-remote://${host}${encodeURI(resolve(path))}`;
  const payload = [
    ...(extension === undefined ? [] : [['extensionDevelopmentPath', uri(extension)]]),
    ...(tests === undefined ? [] : [['extensionTestsPath', uri(tests)]]),
    ...(openFile === undefined ? [] : [['openFile', uri(openFile)]]),
    ['skipWelcome', 'true'],
  ];
  const url = new URL(`http://${host}/`);
  url.searchParams.set('tkn', token);
  if (folder === undefined) url.searchParams.set('ew', 'true');
  else url.searchParams.set('folder', resolve(folder));
  url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}
