/**
 * @file The text a command was called on: a file, an editor with its unsaved changes, or what is
 * selected in it.
 */
import * as vscode from 'vscode';
import { fileFailure } from '../fileTrouble';
import { Refusal } from '../refusal';
import { baseName, checkSize, decodeText, textSource, type TextSource } from './decodeText';

/** A shorter selection is taken for an accident and not for a text to learn from. */
const shortestSelection = 200;

/**
 * The text of `uri`, or of the active editor. A selection counts unless the Explorer was clicked.
 * An open document gives its buffer, unsaved changes and chosen encoding included.
 */
export async function textForCommand(
  uri: vscode.Uri | undefined,
  fromExplorer: boolean,
): Promise<TextSource> {
  const editor = vscode.window.activeTextEditor;
  const isEditor = editor !== undefined && (!uri || isSame(editor.document.uri, uri));
  if (isEditor && !fromExplorer) return textOfEditor(editor);
  const target = uri ?? activeTabUri();
  if (target === undefined) {
    throw new Refusal({
      code: 'text-missing',
      message: vscode.l10n.t('No file is open and none was chosen.'),
      remedy: vscode.l10n.t('Open a text file, or right-click one in the Explorer, and try again.'),
    });
  }
  return textOfUri(target);
}

/** Lets the user choose a file; undefined if they do not. */
export async function chooseText(): Promise<TextSource | undefined> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Choose a Text to Train On'),
      openLabel: vscode.l10n.t('Choose'),
    })) ?? [];
  return uri === undefined ? undefined : textOfUri(uri);
}

async function textOfUri(uri: vscode.Uri): Promise<TextSource> {
  const name = baseName(uri.path);
  const open = vscode.workspace.textDocuments.find((document) => isSame(document.uri, uri));
  if (open !== undefined) return textSource(open.getText(), name);
  const stat = await readable(name, vscode.workspace.fs.stat(uri));
  if ((stat.type & vscode.FileType.Directory) !== 0) {
    throw new Refusal({
      code: 'text-folder',
      message: vscode.l10n.t('“{0}” is a folder.', name),
      remedy: vscode.l10n.t('Choose one text file in it.'),
    });
  }
  checkSize(stat.size, name);
  const bytes = await readable(name, vscode.workspace.fs.readFile(uri));
  return textSource(decodeText(bytes, name), name);
}

/** What was read of a file, or a failure that names it. */
async function readable<T>(name: string, read: Thenable<T>): Promise<T> {
  try {
    return await read;
  } catch (error) {
    throw fileFailure('text-unreadable', vscode.l10n.t('“{0}” cannot be read', name), error);
  }
}

function textOfEditor({ document, selections }: vscode.TextEditor): TextSource {
  const name = baseName(document.uri.path);
  const selected = selections
    .filter((selection) => !selection.isEmpty)
    .map((selection) => document.getText(selection))
    .join('\n');
  if (selected === '') return textSource(document.getText(), name);
  const label = vscode.l10n.t('{0} (selection)', name);
  if (selected.length >= shortestSelection) return textSource(selected, label);
  throw new Refusal({
    code: 'text-selection-short',
    message: vscode.l10n.t(
      'The selection in “{0}” is too short to learn from: {1} of at least {2} characters.',
      name,
      selected.length,
      shortestSelection,
    ),
    remedy: vscode.l10n.t(
      'Select at least {0}, or nothing to train on the whole file.',
      shortestSelection,
    ),
  });
}

/**
 * What the active tab shows if it is no text editor: an image, say, which is then refused by its
 * name.
 */
function activeTabUri(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText
    ? input.uri
    : undefined;
}

function isSame(a: vscode.Uri, b: vscode.Uri): boolean {
  return a.toString() === b.toString();
}
