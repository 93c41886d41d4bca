/** @file A run's files while they are replaced, at moments that no real disk can be held at. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FolderFiles } from '../../../extension/runs/folderFiles';
import { at, disk, FileSystemError } from '../support/disk';

vi.mock('vscode', () => import('../support/vscode'));

const record = '/run/record.json';
const bytes = Uint8Array.of(1, 2, 3);

beforeEach(() => {
  disk.clear();
});

afterEach(() => {
  vi.restoreAllMocks();
});

it('a file that takes its place just after it was looked for there is found', async () => {
  disk.files.set(`${record}.tmp`, bytes);
  vi.spyOn(disk.fs, 'readFile').mockImplementationOnce(async () => {
    await disk.fs.rename(at(`${record}.tmp`), at(record));
    throw new FileSystemError('FileNotFound', record);
  });
  expect(await new FolderFiles(at('/run') as never).read('record.json')).toEqual(bytes);
});
