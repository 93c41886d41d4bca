/** @file Runs as they lie on disk, read as another program would. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { recordFile } from '../../../webview/formats/runFolder';

/** A run's folder. */
export interface RunOnDisk {
  readonly folder: string;
  readonly names: readonly string[];
  /** The text that it learned from; empty for the stories. */
  text(): Promise<string>;
  /** Every point of its curves, in the order of the files. */
  points(): Promise<Record<string, unknown>[]>;
  bytes(name: string): Promise<Buffer>;
}

/** The runs below a folder, the newest first. */
export async function storedRuns(below: string): Promise<RunOnDisk[]> {
  const files = await readdir(below, { recursive: true }).catch(() => []);
  const records = files.filter((file) => basename(file) === recordFile);
  const runs = records.map(async (record) => {
    const folder = join(below, record, '..');
    return { born: (await stat(folder)).birthtimeMs, run: await openRun(folder) };
  });
  return (await Promise.all(runs)).sort((a, b) => b.born - a.born).map(({ run }) => run);
}

async function openRun(folder: string): Promise<RunOnDisk> {
  const names = (await readdir(folder)).sort();
  const bytes = (name: string): Promise<Buffer> => readFile(join(folder, name));
  return {
    folder,
    names,
    bytes,
    text: async () => (names.includes('data.txt') ? (await bytes('data.txt')).toString() : ''),
    points: async () => {
      const parts = names.filter((name) => name.startsWith('metrics-')).map(bytes);
      const lines = (await Promise.all(parts)).flatMap((part) =>
        part.toString().trim().split('\n'),
      );
      return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    },
  };
}
