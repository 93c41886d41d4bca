/**
 * @file The text a command was called on: a file, an editor with its unsaved changes, or what is
 * selected in it; and the same text again, as it stands later.
 */
import * as vscode from 'vscode';
import { PlaygroundError } from '../../webview/config/errors';
import { fileFailure } from '../fileTrouble';
import { Refusal } from '../refusal';
import { decodeFile } from './decodeFile';
import { baseName, checkSize, textSource, type TextSource } from './decodeText';
import { refuseMisread } from './misread';

/** A shorter selection is taken for an accident and not for a text to learn from. */
const shortestSelection = 200;

/**
 * Schemes of editors that are part of VS Code's own views: the Output, what is typed into the chat,
 * an interactive window, a comment or a commit's message, and the code that the chat shows. Inside
 * a diff, a merge or a notebook an editor stands in no column either: its scheme tells it apart.
 */
const schemesOfViews: ReadonlySet<string> = new Set([
  'output',
  'accessible-view',
  'chatSessionInput',
  'sessions-chat',
  'vscode-chat-code-block',
  'vscode-chat-code-compare-block',
  'vscode-interactive-input',
  'comment',
  'vscode-scm',
]);

/** Of a failure of the file system's, as against a text that can be read and not be taken. */
const unreadable = 'text-unreadable';

/** A text as it was read. */
export interface KnownText {
  readonly text: TextSource;
  /** Where it can be read again; absent of a selection and of a run's copy. */
  readonly uri?: vscode.Uri;
}

/** A text as it stands now, or as it was where that cannot be told. */
export interface TextNow {
  readonly known: KnownText;
  /** Says that it is the copy, and why. */
  readonly notice?: string;
}

/**
 * The text of `uri`, or of the active editor. A selection counts unless the Explorer was clicked.
 * An open document gives its buffer, unsaved changes and chosen encoding included.
 */
export async function textForCommand(
  uri: vscode.Uri | undefined,
  fromExplorer: boolean,
): Promise<KnownText> {
  const editor = fromExplorer ? undefined : editorMeant();
  const isEditor = editor !== undefined && (!uri || isSame(editor.document.uri, uri));
  if (isEditor) return textOfEditor(editor);
  const target = uri ?? activeTabUri();
  if (target === undefined) {
    throw new Refusal({
      code: 'text-missing',
      message: vscode.l10n.t('The active tab is no text, and no file was chosen.'),
      remedy: vscode.l10n.t(
        'Click into a text file, or right-click one in the Explorer, and try again.',
      ),
    });
  }
  return textOfUri(target);
}

/**
 * The editor that who calls a command has in mind: the active one, or the only one that is seen
 * beside a tab without text, such as the playground. That of the Output view is none, unless it was
 * opened as a tab.
 */
function editorMeant(): vscode.TextEditor | undefined {
  const { activeTextEditor: active, visibleTextEditors } = vscode.window;
  if (active?.viewColumn !== undefined) return active;
  if (active !== undefined && !schemesOfViews.has(active.document.uri.scheme)) return active;
  if (activeTabUri() !== undefined) return undefined;
  const inTabs = visibleTextEditors.filter(({ viewColumn }) => viewColumn !== undefined);
  return inTabs.length === 1 ? inTabs[0] : undefined;
}

/** Lets the user choose a file; undefined if they do not. */
export async function chooseText(): Promise<KnownText | undefined> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Choose a Text to Train On'),
      openLabel: vscode.l10n.t('Choose'),
    })) ?? [];
  return uri === undefined ? undefined : textOfUri(uri);
}

/**
 * Reads a text again, which may have been changed. Where it has no place or is gone from there, the
 * copy counts. Throws where it is there and can be no text to train on any more.
 */
export async function readAgain(known: KnownText): Promise<TextNow> {
  const { name } = known.text;
  const copied = vscode.l10n.t('“{0}” is trained on as it was read before.', name);
  if (known.uri === undefined) {
    const how = vscode.l10n.t('For what stands there now use “Transformer: Train on This File”.');
    return { known, notice: `${copied} ${how}` };
  }
  try {
    return { known: await textOfUri(known.uri) };
  } catch (error) {
    if (!(error instanceof PlaygroundError) || error.code !== unreadable) throw error;
    return { known, notice: `${error.message} ${copied}` };
  }
}

async function textOfUri(uri: vscode.Uri): Promise<KnownText> {
  const name = nameOf(uri);
  const open = vscode.workspace.textDocuments.find((document) => isSame(document.uri, uri));
  if (open !== undefined && !mirrorsFile(open)) return ofDocument(open, open.getText(), name);
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
  if (open !== undefined) return ofDocument(open, await asOpen(bytes, open), name);
  return { text: textSource(await decodeFile(bytes, name, uri), name), uri };
}

async function ofDocument(
  document: vscode.TextDocument,
  text: string,
  name: string,
): Promise<KnownText> {
  await refuseMisread(text, document, name);
  return { text: textSource(text, name), uri: document.uri };
}

/**
 * Whether a document holds nothing but what its file held a moment ago: it follows the file only
 * when VS Code has noticed the change.
 */
function mirrorsFile({ isDirty, isUntitled, uri }: vscode.TextDocument): boolean {
  const isFile = vscode.workspace.fs.isWritableFileSystem(uri.scheme) !== undefined;
  return isFile && !isDirty && !isUntitled;
}

/**
 * The bytes of an open file in the encoding it was opened in. VS Code refuses some that it lets the
 * user open all the same, such as UTF-16 without a mark: of those the editor's text counts.
 */
async function asOpen(bytes: Uint8Array, open: vscode.TextDocument): Promise<string> {
  try {
    return await vscode.workspace.decode(bytes, { encoding: open.encoding });
  } catch {
    return open.getText();
  }
}

/** What was read of a file, or a failure that names it. */
async function readable<T>(name: string, read: Thenable<T>): Promise<T> {
  try {
    return await read;
  } catch (error) {
    throw fileFailure(unreadable, vscode.l10n.t('“{0}” cannot be read', name), error);
  }
}

async function textOfEditor({ document, selections }: vscode.TextEditor): Promise<KnownText> {
  const { uri } = document;
  const name = baseName(uri.path);
  const selected = selections
    .filter((selection) => !selection.isEmpty)
    .map((selection) => document.getText(selection))
    .join('\n');
  if (selected === '') return ofDocument(document, document.getText(), nameOf(uri));
  await refuseMisread(selected, document, name);
  const label = vscode.l10n.t('{0} (selection)', name);
  if (selected.length >= shortestSelection) return { text: textSource(selected, label) };
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

/** A notebook's cell has the path of its notebook, of which it is only a part. */
function nameOf({ path, scheme }: vscode.Uri): string {
  const name = baseName(path);
  return scheme === 'vscode-notebook-cell' ? vscode.l10n.t('{0} (cell)', name) : name;
}

/**
 * What the active tab shows if no editor in it has the focus: the newer side of a diff, or an
 * image, say, which is then refused by its name.
 */
function activeTabUri(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputTextDiff) return input.modified;
  return input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText
    ? input.uri
    : undefined;
}

function isSame(a: vscode.Uri, b: vscode.Uri): boolean {
  return a.toString() === b.toString();
}
