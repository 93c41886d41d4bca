/** @file Understands the arguments that `@vscode/test-electron` gives to a desktop VS Code. */
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Complaint } from '../../tools/support/cleanup';

export interface LaunchArguments {
  readonly extension: string;
  /** The file that exports `run()`. */
  readonly tests: string;
  readonly folder: string | undefined;
  readonly openFile: string | undefined;
  readonly host: 'node' | 'web';
}

/** @throws {Complaint} without extension and tests: it can only stand in for a test run. */
export function parseLaunchArguments(args: readonly string[]): LaunchArguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    strict: false,
    allowPositionals: true,
    options: {
      extensionDevelopmentPath: { type: 'string', multiple: true },
      extensionTestsPath: { type: 'string' },
      extensionDevelopmentKind: { type: 'string' },
      'extensions-dir': { type: 'string' },
      'user-data-dir': { type: 'string' },
      'folder-uri': { type: 'string' },
      'file-uri': { type: 'string' },
    },
  });
  const [extension, ...others] = strings(values.extensionDevelopmentPath).map(toPath);
  const [tests] = strings(values.extensionTestsPath).map(toPath);
  if (extension === undefined || others.length > 0 || tests === undefined) {
    throw new Complaint('Give one --extensionDevelopmentPath and one --extensionTestsPath.');
  }
  const named = [...positionals, ...strings(values['folder-uri']), ...strings(values['file-uri'])]
    .map(toPath)
    .filter((path) => existsSync(path));
  return {
    extension,
    tests,
    folder: named.find((path) => statSync(path).isDirectory()),
    openFile: named.find((path) => statSync(path).isFile()),
    host: values.extensionDevelopmentKind === 'web' ? 'web' : 'node',
  };
}

const strings = (value: unknown): string[] =>
  [value].flat().filter((item) => typeof item === 'string');

const toPath = (value: string): string =>
  value.startsWith('file:') ? fileURLToPath(value) : resolve(value);
