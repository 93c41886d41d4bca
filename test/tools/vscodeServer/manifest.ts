/** @file Reads what an extension calls itself. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface ExtensionName {
  readonly publisher: string;
  readonly name: string;
  readonly version: string;
}

/** The names in the manifest of the extension in `folder`. */
export async function readManifest(folder: string): Promise<ExtensionName> {
  return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as ExtensionName;
}
