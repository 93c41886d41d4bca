/** @file Which text “Train on This File” means when no file was clicked. */
import { beforeEach, expect, it, vi } from 'vitest';
import { TabInputText, type TextEditor } from 'vscode';
import { textForCommand } from '../../../extension/datasets/readText';
import { at } from '../support/disk';

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
    workspace: Object.defineProperty(workspace, 'textDocuments', { get: textDocuments }),
    window: shown,
  };
});

/** An editor with unsaved changes; the Output view's stands in no column. */
function editorOf(name: string, viewColumn: number | undefined): TextEditor {
  const document = { uri: at(`/w/${name}`), isDirty: true, getText: () => `All of ${name}.` };
  return { document, viewColumn, selections: [] } as unknown as TextEditor;
}

const poem = editorOf('poem.txt', 1);
const notes = editorOf('notes.txt', 2);
const log = editorOf('Transformer Playground.log', undefined);

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
