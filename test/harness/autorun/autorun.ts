/**
 * @file Shows the sample workspace's README and trains the tiny model when a window of `npm start`
 * opens; not where a playground was left open: who comes back finds their run. Not part of the
 * product.
 */
import { commands, TabInputWebview, Uri, window, workspace } from 'vscode';

export async function activate(): Promise<void> {
  if (isPlaygroundOpen()) return;
  const [folder] = workspace.workspaceFolders ?? [];
  if (folder !== undefined) {
    await commands.executeCommand('vscode.open', Uri.joinPath(folder.uri, 'README.md'));
  }
  await commands.executeCommand('transformerPlayground.trainTinyModel');
}

function isPlaygroundOpen(): boolean {
  return window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .some(
      ({ input }) =>
        input instanceof TabInputWebview &&
        input.viewType.endsWith('transformerPlayground.playground'),
    );
}
