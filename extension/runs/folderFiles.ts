/** @file A run's folder in any file system of VS Code. Knows nothing of runs. */
import * as vscode from 'vscode';
import type { RunFile, RunFiles } from './runFiles';

/** Ending of a file that is to replace the one of the same name without it. */
const unfinished = '.tmp';

/** Git takes nothing of a folder that holds this as `.gitignore`. */
const ignoreAll = new TextEncoder().encode('*\n');

export class FolderFiles implements RunFiles {
  readonly lasting = true;
  readonly folder: vscode.Uri;
  private readonly hidden: vscode.Uri | undefined;

  /** `hidden` is a folder around it of which Git is to take nothing. */
  constructor(folder: vscode.Uri, hidden?: vscode.Uri) {
    this.folder = folder;
    this.hidden = hidden;
  }

  async make(): Promise<void> {
    if (vscode.workspace.fs.isWritableFileSystem(this.folder.scheme) === false) {
      throw vscode.FileSystemError.NoPermissions(this.folder);
    }
    await vscode.workspace.fs.createDirectory(this.folder);
    if (this.hidden === undefined) return;
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(this.hidden, '.gitignore'), ignoreAll);
  }

  /**
   * Writes beside the old file, then renames. VS Code removes the old file before it renames: for a
   * moment, or for ever after a crash, there is only the new one beside it. `read` and `list` find
   * that one.
   */
  async write(name: string, bytes: Uint8Array): Promise<void> {
    const temporary = this.uri(`${name}${unfinished}`);
    await vscode.workspace.fs.writeFile(temporary, bytes);
    await vscode.workspace.fs.rename(temporary, this.uri(name), { overwrite: true });
  }

  read(name: string): Promise<Uint8Array | undefined> {
    return this.find(name, (uri) => vscode.workspace.fs.readFile(uri));
  }

  async list(): Promise<readonly RunFile[]> {
    const entries = await readFolder(this.folder);
    const files = entries.filter(([, type]) => type === vscode.FileType.File);
    const names = new Set(files.map(([name]) => withoutEnding(name)));
    const found = [...names].map(async (name) => {
      const stat = await this.find(name, (uri) => vscode.workspace.fs.stat(uri));
      return stat === undefined ? [] : [{ name, bytes: stat.size }];
    });
    return (await Promise.all(found)).flat();
  }

  async remove(name: string): Promise<void> {
    await orMissing(vscode.workspace.fs.delete(this.uri(name)));
    await orMissing(vscode.workspace.fs.delete(this.uri(`${name}${unfinished}`)));
  }

  async destroy(): Promise<void> {
    await orMissing(vscode.workspace.fs.delete(this.folder, { recursive: true }));
  }

  private uri(name: string): vscode.Uri {
    return vscode.Uri.joinPath(this.folder, name);
  }

  /**
   * Looks for a file under its name and beside it; the third look finds what was renamed between
   * the first two.
   */
  private async find<T>(
    name: string,
    look: (uri: vscode.Uri) => Thenable<T>,
  ): Promise<T | undefined> {
    for (const candidate of [name, `${name}${unfinished}`, name]) {
      const found = await orMissing(look(this.uri(candidate)));
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

/** A folder's entries; none if it does not exist. */
export async function readFolder(
  folder: vscode.Uri,
): Promise<readonly [string, vscode.FileType][]> {
  return (await orMissing(vscode.workspace.fs.readDirectory(folder))) ?? [];
}

/** Undefined where a file is simply absent; every other error is thrown. */
async function orMissing<T>(operation: Thenable<T>): Promise<T | undefined> {
  try {
    return await operation;
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
    throw error;
  }
}

function withoutEnding(name: string): string {
  return name.endsWith(unfinished) ? name.slice(0, -unfinished.length) : name;
}
