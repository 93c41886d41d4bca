/** @file Moves extensions to the web-worker host, without a change to their manifests. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** User settings under which the extensions in `folders` run in the web-worker host. */
export async function settingsForWebHost(
  folders: readonly string[],
): Promise<Record<string, unknown>> {
  const kinds = await Promise.all(
    folders.map(async (folder) => {
      const text = await readFile(join(folder, 'package.json'), 'utf8');
      const { publisher, name } = JSON.parse(text) as { publisher: string; name: string };
      return [`${publisher}.${name}`, ['web']] as const;
    }),
  );
  return { 'remote.extensionKind': Object.fromEntries(kinds) };
}
