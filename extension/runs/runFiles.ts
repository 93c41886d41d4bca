/**
 * @file Where a run's files lie, as a run sees it. Knows neither VS Code nor the names of files.
 */

/** A run's folder. Every operation rejects with the file system's own error. */
export interface RunFiles {
  /** Whether they outlive this window. */
  readonly lasting: boolean;
  /** Makes the folder, with what has to lie around it; succeeds if it is there. */
  make(): Promise<void>;
  /** Replaces a file whole: a reader sees the old content or the new. */
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** Undefined if there is no such file. */
  read(name: string): Promise<Uint8Array | undefined>;
  /** Names and sizes in bytes. Empty if there is no folder. */
  list(): Promise<readonly RunFile[]>;
  /** Succeeds if there is no such file. */
  remove(name: string): Promise<void>;
  /** Removes the folder with all that is in it; succeeds if there is none. */
  destroy(): Promise<void>;
}

export interface RunFile {
  readonly name: string;
  readonly bytes: number;
}

/** A folder in memory, for a run that no file system takes. */
export class MemoryFiles implements RunFiles {
  readonly lasting: boolean = false;
  private readonly files = new Map<string, Uint8Array>();

  make(): Promise<void> {
    return Promise.resolve();
  }

  write(name: string, bytes: Uint8Array): Promise<void> {
    this.files.set(name, bytes.slice());
    return Promise.resolve();
  }

  read(name: string): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.files.get(name));
  }

  list(): Promise<readonly RunFile[]> {
    return Promise.resolve([...this.files].map(([name, bytes]) => ({ name, bytes: bytes.length })));
  }

  remove(name: string): Promise<void> {
    this.files.delete(name);
    return Promise.resolve();
  }

  destroy(): Promise<void> {
    this.files.clear();
    return Promise.resolve();
  }
}
