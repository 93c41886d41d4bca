/**
 * @file Texts in a real host: editors inside a diff and a notebook, and files in other encodings
 * than UTF-8.
 */
import * as vscode from 'vscode';
import { textForCommand } from '../../../extension/datasets/readText';
import { check, same } from './check';

suite('The text to train on', () => {
  const text = 'Größe ist nicht alles, schrieb sie. '.repeat(20);
  const latin1 = Uint8Array.from(text, (character) => character.charCodeAt(0));
  const utf16 = (of: string): Uint8Array =>
    Uint8Array.from(
      of.split('').flatMap((unit) => [unit.charCodeAt(0) & 0xff, unit.charCodeAt(0) >> 8]),
    );
  const folder = (): vscode.Uri => {
    const [workspace] = vscode.workspace.workspaceFolders ?? [];
    check(workspace !== undefined, 'No folder is open.');
    return vscode.Uri.joinPath(workspace.uri, 'texts');
  };
  const written = async (name: string, bytes: Uint8Array): Promise<vscode.Uri> => {
    const uri = vscode.Uri.joinPath(folder(), name);
    await vscode.workspace.fs.writeFile(uri, bytes);
    return uri;
  };
  const useEncoding = (encoding: string | undefined): Thenable<void> =>
    vscode.workspace
      .getConfiguration('files')
      .update('encoding', encoding, vscode.ConfigurationTarget.Workspace);
  /** A file's text, chosen in the Explorer. */
  const read = async (uri: vscode.Uri): Promise<string> => {
    const known = await textForCommand(uri, true);
    return new TextDecoder().decode(known.text.bytes);
  };
  const refusalOf = (uri: vscode.Uri): Promise<string> =>
    read(uri).then(
      (taken) => `taken: ${taken.slice(0, 20)}`,
      (error: unknown) => String(error),
    );

  setup(() => vscode.workspace.fs.createDirectory(folder()));

  teardown(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await useEncoding(undefined);
    await vscode.workspace.fs.delete(folder(), { recursive: true });
  });

  test('is what is selected in either side of a diff', async () => {
    const utf8 = new TextEncoder().encode(text);
    const [before, after] = [await written('before.txt', utf8), await written('after.txt', utf8)];
    await vscode.commands.executeCommand('vscode.diff', before, after);
    for (const side of [after, before]) {
      const editor = await focused(side);
      same(editor.viewColumn, undefined);
      editor.selection = new vscode.Selection(0, 0, 0, 300);
      const name = side === after ? 'after.txt (selection)' : 'before.txt (selection)';
      same((await textForCommand(undefined, false)).text.name, name);
      same((await textForCommand(side, false)).text.name, name);
      await vscode.commands.executeCommand('workbench.action.compareEditor.focusSecondarySide');
    }
  });

  test('is what is selected beside what was saved', async () => {
    const file = await written('tale.txt', new TextEncoder().encode(text));
    await vscode.window.showTextDocument(file);
    await vscode.commands.executeCommand('workbench.files.action.compareWithSaved');
    const editor = await focused(
      file,
      () =>
        vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputTextDiff,
    );
    editor.selection = new vscode.Selection(0, 0, 0, 300);
    same((await textForCommand(undefined, false)).text.name, 'tale.txt (selection)');
  });

  test('is the cell of a notebook', async () => {
    const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, 'plaintext');
    const notebook = await vscode.workspace.openNotebookDocument(
      'jupyter-notebook',
      new vscode.NotebookData([cell]),
    );
    await vscode.window.showNotebookDocument(notebook);
    await vscode.commands.executeCommand('notebook.cell.edit');
    const uri = notebook.cellAt(0).document.uri;
    const editor = await focused(uri);
    same(editor.viewColumn, undefined);
    const { name } = (await textForCommand(undefined, false)).text;
    check(name.endsWith('.ipynb (cell)'), name);
  });

  test('is in the encoding that the settings name, of a file that is not open', async () => {
    const file = await written('latin1.txt', latin1);
    const refusal = await refusalOf(file);
    check(refusal.includes('“latin1.txt” is not valid UTF-8 text'), refusal);
    await useEncoding('windows1252');
    same(await read(file), text);
    const binary = await written('pixels.dat', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13));
    const refused = await refusalOf(binary);
    check(refused.includes('“pixels.dat” is a binary'), refused);
  });

  test('is UTF-16 without a mark where VS Code recognizes it, and else refused', async () => {
    same(await read(await written('wide.txt', utf16(text))), text);
    const russian = 'Все счастливые семьи похожи друг на друга. '.repeat(10);
    const file = await written('russian.txt', utf16(russian));
    const refused = await refusalOf(file);
    check(refused.includes('“russian.txt” is a binary'), refused);
  });

  /** The editor of a file, once it has the focus and the tab is as wanted. */
  async function focused(uri: vscode.Uri, shown = () => true): Promise<vscode.TextEditor> {
    const end = Date.now() + 10_000;
    for (;;) {
      const active = vscode.window.activeTextEditor;
      if (active?.document.uri.toString() === uri.toString() && shown()) return active;
      if (Date.now() > end) throw new Error(`${uri.path} does not get the focus.`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
});
