/**
 * @file The model's source and its explanations as files that can be read and not written. Holds
 * none: it passes on what ships with the extension.
 */
import * as vscode from 'vscode';
import { Disposable } from '../lifetime';
import { modelScheme, rootFolder, sourceFileOf } from './modelUri';
import type { SourceIndex } from './sourceIndex';

export class SourceFileSystem extends Disposable implements vscode.FileSystemProvider {
  private readonly index: SourceIndex;
  /** Nothing changes while the extension runs. */
  private readonly never = this.register(new vscode.EventEmitter<vscode.FileChangeEvent[]>());
  private readonly since = Date.now();

  readonly onDidChangeFile = this.never.event;

  constructor(index: SourceIndex) {
    super();
    this.index = index;
    this.register(
      vscode.workspace.registerFileSystemProvider(modelScheme, this, {
        isCaseSensitive: true,
        isReadonly: new vscode.MarkdownString(
          vscode.l10n.t('This is the model that trains here. It can be read, not edited.'),
        ),
      }),
    );
  }

  watch(): vscode.Disposable {
    return vscode.Disposable.from();
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const files = await this.index.files();
    const file = sourceFileOf(uri);
    const times = { ctime: this.since, mtime: this.since };
    const permissions = vscode.FilePermission.Readonly;
    if (file !== undefined && files.includes(file)) {
      const { byteLength: size } = await this.index.read(file);
      return { type: vscode.FileType.File, size, permissions, ...times };
    }
    if (entriesIn(files, uri).length === 0) throw vscode.FileSystemError.FileNotFound(uri);
    return { type: vscode.FileType.Directory, size: 0, permissions, ...times };
  }

  async readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    const entries = entriesIn(await this.index.files(), uri);
    if (entries.length === 0) throw vscode.FileSystemError.FileNotFound(uri);
    return entries;
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const file = sourceFileOf(uri);
    const isOne = file !== undefined && (await this.index.files()).includes(file);
    if (isOne) return this.index.read(file);
    throw vscode.FileSystemError.FileNotFound(uri);
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }
}

/** The names directly in a folder. */
function entriesIn(files: readonly string[], { path }: vscode.Uri): [string, vscode.FileType][] {
  const prefix = path.endsWith('/') ? path : `${path}/`;
  const below = files
    .map((file) => `/${rootFolder}/${file}`)
    .filter((file) => file.startsWith(prefix));
  const entries = below.map((file): [string, vscode.FileType] => {
    const [name = '', ...rest] = file.slice(prefix.length).split('/');
    return [name, rest.length > 0 ? vscode.FileType.Directory : vscode.FileType.File];
  });
  return [...new Map(entries)];
}
