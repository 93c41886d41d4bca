/** @file A run's folder in any file system of VS Code. Knows nothing of runs. */
import * as vscode from 'vscode';
import type { RunFile, RunFiles } from './runFiles';

/** Ending of a file that is still being written. */
const unfinished = '.tmp';

export class FolderFiles implements RunFiles {
  readonly folder: vscode.Uri;

  constructor(folder: vscode.Uri) {
    this.folder = folder;
  }

  /** Writes beside the old file, then renames; where a rename is a copy, readers tolerate a partial file. */
  async write(name: string, bytes: Uint8Array): Promise<void> {
    const temporary = vscode.Uri.joinPath(this.folder, `${name}${unfinished}`);
    await vscode.workspace.fs.writeFile(temporary, bytes);
    await vscode.workspace.fs.rename(temporary, vscode.Uri.joinPath(this.folder, name), {
      overwrite: true,
    });
  }

  async read(name: string): Promise<Uint8Array | undefined> {
    try {
      return await vscode.workspace.fs.readFile(vscode.Uri.joinPath(this.folder, name));
    } catch (error) {
      whenMissing(error);
      return undefined;
    }
  }

  async list(): Promise<readonly RunFile[]> {
    const entries = await readFolder(this.folder);
    const files = entries.filter(
      ([name, type]) => type === vscode.FileType.File && !name.endsWith(unfinished),
    );
    return Promise.all(
      files.map(async ([name]) => {
        const stat = await vscode.workspace.fs.stat(vscode.Uri.joinPath(this.folder, name));
        return { name, bytes: stat.size };
      }),
    );
  }

  async remove(name: string): Promise<void> {
    try {
      await vscode.workspace.fs.delete(vscode.Uri.joinPath(this.folder, name));
    } catch (error) {
      whenMissing(error);
    }
  }
}

/** A folder's entries; none if it does not exist. */
export async function readFolder(
  folder: vscode.Uri,
): Promise<readonly [string, vscode.FileType][]> {
  try {
    return await vscode.workspace.fs.readDirectory(folder);
  } catch (error) {
    whenMissing(error);
    return [];
  }
}

/** Throws what is not simply the absence of a file. */
function whenMissing(error: unknown): void {
  if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return;
  throw error;
}
