/**
 * @file A file system of VS Code in memory, parts of which can be made to refuse whatever is
 * written or read.
 */

/** An address in the file system. */
export interface Address {
  readonly path: string;
  readonly scheme: string;
  with(to: { readonly path: string }): Address;
  toString(): string;
}

export function at(path: string): Address {
  return { path, scheme: 'file', with: (to) => at(to.path), toString: () => `file://${path}` };
}

export class FileSystemError extends Error {
  readonly code: string;

  constructor(code: string, path: string) {
    super(`${code} (FileSystemError): ${path}`);
    this.name = `${code} (FileSystemError)`;
    this.code = code;
  }
}

const type = { file: 1, directory: 2 } as const;

class Disk {
  /** Contents by path. Folders are there as long as something is in them. */
  readonly files = new Map<string, Uint8Array>();
  refuses: (path: string) => boolean = () => false;

  readonly fs = {
    isWritableFileSystem: (scheme: string) => (scheme === 'file' ? true : undefined),
    createDirectory: ({ path }: Address) => this.touch(path, () => undefined),
    readDirectory: ({ path }: Address) =>
      this.touch(path, (): [string, number][] => {
        const below = [...this.files.keys()].filter((file) => file.startsWith(`${path}/`));
        const parts = below.map((file) => file.slice(path.length + 1).split('/'));
        return [
          ...new Map(
            parts.map(([name = '', ...rest]) => [
              name,
              rest.length === 0 ? type.file : type.directory,
            ]),
          ),
        ];
      }),
    readFile: ({ path }: Address) => this.touch(path, () => this.file(path).slice()),
    stat: ({ path }: Address) =>
      this.touch(path, () => ({ type: type.file, size: this.file(path).length })),
    writeFile: ({ path }: Address, bytes: Uint8Array) =>
      this.touch(path, () => void this.files.set(path, bytes.slice())),
    rename: (from: Address, to: Address) =>
      this.touch(to.path, () => {
        this.files.set(to.path, this.file(from.path));
        this.files.delete(from.path);
      }),
    delete: ({ path }: Address, { recursive = false } = {}) =>
      this.touch(path, () => {
        if (!recursive) this.file(path);
        for (const file of this.files.keys()) {
          if (file === path || (recursive && file.startsWith(`${path}/`))) this.files.delete(file);
        }
      }),
  };

  clear(): void {
    this.files.clear();
    this.refuses = () => false;
  }

  private file(path: string): Uint8Array {
    const bytes = this.files.get(path);
    if (bytes === undefined) throw new FileSystemError('FileNotFound', path);
    return bytes;
  }

  private touch<T>(path: string, operation: () => T): Promise<T> {
    return Promise.resolve().then(() => {
      if (this.refuses(path)) throw new Error(`EROFS: read-only file system, open '${path}'`);
      return operation();
    });
  }
}

export const disk = new Disk();
