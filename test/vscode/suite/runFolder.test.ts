/**
 * @file The files of a run in the real file system of a host: what is replaced is never missing.
 */
import * as vscode from 'vscode';
import { FolderFiles } from '../../../extension/runs/folderFiles';
import { check, same } from './check';

suite('The folder of a run', () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  const text = (content: Uint8Array | undefined): string => new TextDecoder().decode(content);
  let folder: vscode.Uri;

  setup(async () => {
    const [workspace] = vscode.workspace.workspaceFolders ?? [];
    check(workspace !== undefined, 'No folder is open.');
    folder = vscode.Uri.joinPath(workspace.uri, 'files-of-a-run');
    await vscode.workspace.fs.createDirectory(folder);
  });

  teardown(async () => {
    await vscode.workspace.fs.delete(folder, { recursive: true });
  });

  test('always holds a file that is being replaced', async () => {
    const files = new FolderFiles(folder);
    await files.write('record.json', bytes('version 0'));
    let version = 0;
    const written = (async () => {
      while (version < 40) {
        version += 1;
        await files.write('record.json', bytes(`version ${version}`));
      }
    })();
    const reader = new FolderFiles(folder);
    while (version < 40) {
      const [content, listed] = await Promise.all([reader.read('record.json'), reader.list()]);
      check(content !== undefined, 'It was missing while it was replaced.');
      same(
        listed.map(({ name }) => name),
        ['record.json'],
      );
    }
    await written;
    same(text(await reader.read('record.json')), 'version 40');
  });

  test('is made with a folder around it that Git leaves alone', async () => {
    const inside = vscode.Uri.joinPath(folder, 'runs', 'a-run');
    const files = new FolderFiles(inside, folder);
    await files.make();
    await files.make();
    same(await vscode.workspace.fs.readDirectory(inside), []);
    same(text(await new FolderFiles(folder).read('.gitignore')), '*\n');
  });

  test('gives back what a crash left beside its place, and removes it with the file', async () => {
    const files = new FolderFiles(folder);
    await vscode.workspace.fs.writeFile(
      vscode.Uri.joinPath(folder, 'record.json.tmp'),
      bytes('written, not renamed'),
    );
    same(text(await files.read('record.json')), 'written, not renamed');
    same(await files.list(), [{ name: 'record.json', bytes: 20 }]);
    await files.remove('record.json');
    same(await files.read('record.json'), undefined);
    same(await vscode.workspace.fs.readDirectory(folder), []);
  });

  test('answers what is not there with nothing', async () => {
    const files = new FolderFiles(vscode.Uri.joinPath(folder, 'none'));
    same(await files.list(), []);
    same(await files.read('record.json'), undefined);
    await files.remove('record.json');
  });
});
