/** @file What the file system refuses is told in words, and without the user's paths. */
import { describe, expect, it, vi } from 'vitest';
import { fileFailure, fileTrouble } from '../../../extension/fileTrouble';
import { PlaygroundError } from '../../../webview/config/errors';

vi.mock('vscode', () => import('../support/vscode'));

const withCode = (name: string, code: string, message: string): Error =>
  Object.assign(new Error(message), { name, code });

describe('a failure of the file system', () => {
  it.each([
    [
      new Error("Error: ENOTDIR: not a directory, stat '/home/ann/x/.transformer/runs'"),
      /a file lies/,
    ],
    [new Error("ENOSPC: no space left on device, write '/home/ann/x'"), /the disk is full/],
    [withCode('NoPermissions (FileSystemError)', 'NoPermissions', '/home/ann/x'), /not allow/],
    [withCode('EntryNotFound (FileSystemError)', 'FileNotFound', '/home/ann/x'), /not there/],
    [new Error("EMFILE: too many open files, open '/home/ann/x'"), /refused it \(EMFILE\)/],
    [withCode('Unknown (FileSystemError)', 'Unknown', '/home/ann/x'), /refused it \(Unknown\)/],
  ])('says why, what helps, and no path: %s', (error, reason) => {
    const failure = fileFailure('not-saved', 'The checkpoint could not be saved', error);
    expect(failure.message).toMatch(/^The checkpoint could not be saved: [^/]*\.$/);
    expect(failure.message).toMatch(reason);
    expect(failure.remedy).not.toMatch(/Diagnostics|\//);
    expect(failure.cause).toBe(error);
  });

  it('is not seen in what has another cause, which keeps its words', () => {
    const own = new PlaygroundError({
      code: 'x',
      message: 'It is cut off.',
      remedy: 'Do it again.',
    });
    expect(fileTrouble(own)).toBeUndefined();
    expect(fileTrouble(new TypeError('undefined is not a function'))).toBeUndefined();
    expect(fileFailure('y', 'It failed', own)).toMatchObject({
      message: 'It failed: It is cut off.',
      remedy: 'Do it again.',
    });
  });
});
