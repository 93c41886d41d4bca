/** @file Moves an extension to the web-worker host, without a change to its manifest. */
import { readManifest } from './manifest';

/** User settings under which the extension in `folder` runs in the web-worker host. */
export async function settingsForWebHost(folder: string): Promise<Record<string, unknown>> {
  const { publisher, name } = await readManifest(folder);
  return { 'remote.extensionKind': { [`${publisher}.${name}`]: ['web'] } };
}
