/** @file The list of the parts of the model: its files, each by what it is about. */
import * as vscode from 'vscode';
import { firstSentence } from './firstSentence';
import type { SourceIndex } from './sourceIndex';

/** Lets the user pick a file; undefined for none. */
export async function pickPart(index: SourceIndex): Promise<string | undefined> {
  const { definitions } = await index.load();
  const folders = new Set(definitions.files.map(folderOf));
  const groups = [...folders].map(async (folder): Promise<FileItem[]> => {
    const files = definitions.files.filter((file) => folderOf(file) === folder);
    const items = await Promise.all(files.map((file) => fileItem(index, file)));
    return [{ label: folderTitle(folder), kind: vscode.QuickPickItemKind.Separator }, ...items];
  });
  const picked = await vscode.window.showQuickPick<FileItem>(
    Promise.all(groups).then((all) => all.flat()),
    {
      title: vscode.l10n.t('Parts of the Model'),
      placeHolder: vscode.l10n.t('Which part do you want to read?'),
      matchOnDetail: true,
    },
  );
  return picked?.file;
}

interface FileItem extends vscode.QuickPickItem {
  readonly file?: string;
}

async function fileItem(index: SourceIndex, file: string): Promise<FileItem> {
  const text = new TextDecoder().decode(await index.read(file));
  const label = file.slice(folderOf(file).length + 1);
  return { label, detail: firstSentence(text), file };
}

function folderOf(file: string): string {
  return file.slice(0, file.indexOf('/'));
}

function folderTitle(folder: string): string {
  switch (folder) {
    case 'model':
      return vscode.l10n.t('The model');
    case 'ops':
      return vscode.l10n.t('Operations on tensors');
    case 'trace':
      return vscode.l10n.t('Marking values');
    default:
      return vscode.l10n.t('Configuration');
  }
}
