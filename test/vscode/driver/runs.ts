/** @file Runs as they lie on disk, read as another program would. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ownerFile, recordFile, staleAfter } from '../../../webview/formats/runFolder';

/** A run's folder. */
export interface RunOnDisk {
  readonly folder: string;
  readonly names: readonly string[];
  /** The text that it learned from; empty for the stories. */
  text(): Promise<string>;
  /** Every point of its curves, in the order of the files. */
  points(): Promise<Record<string, unknown>[]>;
  /** Every sample that it wrote, in the order of the files. */
  samples(): Promise<Record<string, unknown>[]>;
  bytes(name: string): Promise<Buffer>;
}

/** The runs below a folder, the newest first. */
export async function storedRuns(below: string): Promise<RunOnDisk[]> {
  const files = await readdir(below, { recursive: true }).catch(() => []);
  // VS Code removes a file before it renames its successor: meanwhile there is only that one.
  const records = files.filter((file) => basename(file, '.tmp') === recordFile);
  // A run's folder is named after the moment it was made; not every file system remembers that.
  const folders = [...new Set(records.map((record) => join(below, record, '..')))];
  folders.sort((a, b) => basename(b).localeCompare(basename(a)));
  return Promise.all(folders.map(openRun));
}

/**
 * Lets half a minute pass for the windows that have runs below a folder: silent as long as that,
 * they count as gone.
 */
export async function letOwnersGrowStale(below: string): Promise<void> {
  const files = await readdir(below, { recursive: true });
  const owners = files.filter((file) => basename(file) === ownerFile);
  for (const owner of owners.map((file) => join(below, file))) {
    const claim = JSON.parse(await readFile(owner, 'utf8')) as { heartbeat: number };
    await writeFile(owner, JSON.stringify({ ...claim, heartbeat: claim.heartbeat - staleAfter }));
  }
}

async function openRun(folder: string): Promise<RunOnDisk> {
  const names = (await readdir(folder)).sort();
  const bytes = (name: string): Promise<Buffer> => readFile(join(folder, name));
  const lines = async (prefix: string): Promise<Record<string, unknown>[]> => {
    const parts = await Promise.all(names.filter((name) => name.startsWith(prefix)).map(bytes));
    return parts
      .flatMap((part) => part.toString().trim().split('\n'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  };
  return {
    folder,
    names,
    bytes,
    text: async () => (names.includes('data.txt') ? (await bytes('data.txt')).toString() : ''),
    points: () => lines('metrics-'),
    samples: () => lines('samples-'),
  };
}
