/** @file Saves a picture, or its numbers, where the user chooses. */
import * as vscode from 'vscode';
import type { PictureFile } from '../../webview/protocol/attentionApi';
import { fileFailure } from '../fileTrouble';

/** Whether it was saved: the user may have chosen no place. */
export async function savePicture({ kind, name, bytes }: PictureFile): Promise<boolean> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    defaultUri: folder === undefined ? vscode.Uri.file(name) : vscode.Uri.joinPath(folder, name),
    filters: { [kind.toUpperCase()]: [kind] },
    title: vscode.l10n.t('Save Picture'),
  });
  if (target === undefined) return false;
  try {
    await vscode.workspace.fs.writeFile(target, new Uint8Array(bytes));
  } catch (error) {
    const what = vscode.l10n.t('“{0}” could not be saved', name);
    throw fileFailure('picture-not-saved', what, error);
  }
  return true;
}
