/** @file The storage folders that windows of one workspace use. Knows paths, not files. */

/** More windows on one workspace than this are not looked for. */
const mostWindows = 5;

/**
 * VS Code locks a workspace's storage for one window and gives a second window on the same
 * workspace `ID-1`, a third one `ID-2`. From the path of one of them
 * (`…/workspaceStorage/ID/EXTENSION`): all, this window's own first.
 */
export function storagePaths(path: string): readonly string[] {
  const match = /^(.*\/)([^/]+)(\/[^/]+)$/.exec(path);
  if (match === null) return [path];
  const [, before = '', folder = '', after = ''] = match;
  const id = /^(.+)-[1-9]$/.exec(folder)?.[1] ?? folder;
  const folders = Array.from({ length: mostWindows }, (_, i) => (i === 0 ? id : `${id}-${i}`));
  return [...new Set([folder, ...folders])].map((name) => `${before}${name}${after}`);
}
