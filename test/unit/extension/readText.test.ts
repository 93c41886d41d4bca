/** @file Which text “Train on This File” means when no file was clicked. */
import { beforeEach, expect, it, vi } from 'vitest';
import { TabInputText, TabInputTextDiff, type TextEditor, type Uri } from 'vscode';
import { textForCommand } from '../../../extension/datasets/readText';
import { at, disk } from '../support/disk';
import { workspace } from '../support/vscode';

const shown = vi.hoisted(() => ({
  activeTextEditor: undefined as TextEditor | undefined,
  visibleTextEditors: [] as TextEditor[],
  tabGroups: { activeTabGroup: { activeTab: undefined as { input: unknown } | undefined } },
}));

vi.mock('vscode', async () => {
  const { workspace, ...rest } = await import('../support/vscode');
  const textDocuments = () => shown.visibleTextEditors.map(({ document }) => document);
  return {
    ...rest,
    TabInputTextDiff: class {
      readonly original: Uri;
      readonly modified: Uri;

      constructor(original: Uri, modified: Uri) {
        [this.original, this.modified] = [original, modified];
      }
    },
    workspace: Object.defineProperty(workspace, 'textDocuments', { get: textDocuments }),
    window: shown,
  };
});

/**
 * An editor with unsaved changes. Those in VS Code's views, diffs and notebooks stand in no column.
 */
function editorOf(
  name: string,
  viewColumn: number | undefined,
  scheme = 'file',
  selections: readonly { readonly isEmpty: boolean }[] = [],
): TextEditor {
  const uri = { ...at(`/w/${name}`), scheme, toString: () => `${scheme}:/w/${name}` };
  const document = {
    uri,
    isDirty: true,
    getText: (part?: unknown) => (part ? 'selected. '.repeat(20) : `All of ${name}.`),
  };
  return { document, viewColumn, selections } as unknown as TextEditor;
}

const poem = editorOf('poem.txt', 1);
const notes = editorOf('notes.txt', 2);
const log = editorOf('Transformer Playground.log', undefined, 'output');
const selected = [{ isEmpty: false }];
const saved = editorOf('tale.txt', undefined, 'showModifications', selected);
const tale = editorOf('tale.txt', undefined, 'file', selected);

const chosen = async (): Promise<string> => (await textForCommand(undefined, false)).text.name;

beforeEach(() => {
  shown.activeTextEditor = undefined;
  shown.visibleTextEditors = [];
  shown.tabGroups.activeTabGroup.activeTab = undefined;
});

it('is the active editor’s', async () => {
  shown.activeTextEditor = notes;
  shown.visibleTextEditors = [poem, notes];
  expect(await chosen()).toBe('notes.txt');
});

it('is that of the active tab while the Output view has the focus', async () => {
  shown.activeTextEditor = log;
  shown.visibleTextEditors = [log, poem, notes];
  shown.tabGroups.activeTabGroup.activeTab = { input: new TabInputText(poem.document.uri) };
  expect(await chosen()).toBe('poem.txt');
});

it('is what is selected in either side of a diff', async () => {
  shown.visibleTextEditors = [saved, tale];
  const compared = new TabInputTextDiff(saved.document.uri, tale.document.uri);
  shown.tabGroups.activeTabGroup.activeTab = { input: compared };
  for (const side of [saved, tale]) {
    shown.activeTextEditor = side;
    expect(await chosen()).toBe('tale.txt (selection)');
    const { text } = await textForCommand(side.document.uri, false);
    expect(text.name).toBe('tale.txt (selection)');
  }
});

it('is the newer side of a diff while the Output view has the focus', async () => {
  shown.activeTextEditor = log;
  shown.visibleTextEditors = [log, saved, tale];
  const compared = new TabInputTextDiff(saved.document.uri, tale.document.uri);
  shown.tabGroups.activeTabGroup.activeTab = { input: compared };
  expect((await textForCommand(undefined, false)).uri).toBe(tale.document.uri);
});

it('is a notebook’s cell in which the cursor stands, and called so', async () => {
  shown.activeTextEditor = editorOf('tour.ipynb', undefined, 'vscode-notebook-cell');
  expect(await chosen()).toBe('tour.ipynb (cell)');
});

it('is none that is typed into a view of VS Code’s', async () => {
  for (const scheme of ['chatSessionInput', 'vscode-interactive-input', 'comment']) {
    shown.activeTextEditor = editorOf('input', undefined, scheme);
    await expect(chosen()).rejects.toMatchObject({ code: 'text-missing' });
  }
});

it('is the only one in sight while the playground has the focus', async () => {
  shown.visibleTextEditors = [log, poem];
  expect(await chosen()).toBe('poem.txt');
});

it('is asked for where several are in sight, or none', async () => {
  const refusal = { code: 'text-missing', message: /^The active tab is no text/ };
  for (const visible of [[poem, notes], [log], []]) {
    shown.visibleTextEditors = visible;
    await expect(chosen()).rejects.toMatchObject({ code: refusal.code });
    await expect(chosen()).rejects.toThrow(refusal.message);
  }
});

it('is what an open file shows where VS Code does not decode its bytes for others', async () => {
  disk.files.set('/w/poem.txt', Uint8Array.of(0x14, 0x04, 0x20, 0));
  const decode = vi.spyOn(workspace, 'decode').mockRejectedValue(new Error('Stream is binary'));
  Object.assign(poem.document, { isDirty: false });
  shown.visibleTextEditors = [poem];
  const { text } = await textForCommand(poem.document.uri, true);
  expect(decode).toHaveBeenCalledOnce();
  expect(new TextDecoder().decode(text.bytes)).toBe('All of poem.txt.');
});
