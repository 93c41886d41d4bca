/**
 * @file Why the file system refused, in words, without paths, and what helps. Knows nothing of
 * runs.
 */
import * as vscode from 'vscode';
import { failureOf, PlaygroundError, type Failure } from '../webview/config/errors';

/** Why a file cannot be read or written, and what to do about it. */
export interface FileTrouble {
  /** Goes on after a colon, without a full stop. */
  readonly reason: string;
  readonly remedy: string;
}

type Trouble = 'full' | 'denied' | 'blocked' | 'gone' | 'silent';

/** What the system's names of errors and those of `vscode.FileSystemError` come to. */
const troubles = new Map<string, Trouble>([
  ['ENOSPC', 'full'],
  ['EDQUOT', 'full'],
  ['QuotaExceeded', 'full'],
  ['EACCES', 'denied'],
  ['EPERM', 'denied'],
  ['EROFS', 'denied'],
  ['NoPermissions', 'denied'],
  ['ENOTDIR', 'blocked'],
  ['EEXIST', 'blocked'],
  ['EISDIR', 'blocked'],
  ['FileExists', 'blocked'],
  ['FileNotADirectory', 'blocked'],
  ['FileIsADirectory', 'blocked'],
  ['ENOENT', 'gone'],
  ['FileNotFound', 'gone'],
  ['Unavailable', 'silent'],
]);

/** Undefined where it was not the file system that failed, as far as can be told. */
export function fileTrouble(thrown: unknown): FileTrouble | undefined {
  if (!(thrown instanceof Error) || thrown instanceof PlaygroundError) return undefined;
  const errno = /\b(E[A-Z]{3,}):/.exec(thrown.message)?.[1];
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined;
  const trouble = troubles.get(errno ?? '') ?? troubles.get(code ?? '');
  if (trouble !== undefined) return describe(trouble);
  const name = errno ?? (thrown.name.includes('FileSystemError') ? code : undefined);
  if (name === undefined) return undefined;
  return {
    reason: vscode.l10n.t('the file system refused it ({0})', name),
    remedy: vscode.l10n.t('Check that the folder can be read and written.'),
  };
}

/**
 * A failure that says `what` came to nothing; anything but the file system's own errors keeps its
 * text.
 */
export function fileFailure(code: string, what: string, cause: unknown): PlaygroundError {
  const { reason, remedy } = fileTrouble(cause) ?? ownWords(failureOf(cause));
  return new PlaygroundError(
    { code, message: vscode.l10n.t('{0}: {1}.', what, reason), remedy },
    { cause },
  );
}

function ownWords({ message, remedy }: Failure): FileTrouble {
  return { reason: message.replace(/\.$/, ''), remedy };
}

function describe(trouble: Trouble): FileTrouble {
  switch (trouble) {
    case 'full':
      return {
        reason: vscode.l10n.t('the disk is full'),
        remedy: vscode.l10n.t('Free disk space.'),
      };
    case 'denied':
      return {
        reason: vscode.l10n.t('the system does not allow it'),
        remedy: vscode.l10n.t('Check the permissions of the folder.'),
      };
    case 'blocked':
      return {
        reason: vscode.l10n.t(
          'a file lies where a folder should be, or a folder where a file should be',
        ),
        remedy: vscode.l10n.t('Move what is in the way.'),
      };
    case 'gone':
      return {
        reason: vscode.l10n.t('it is not there'),
        remedy: vscode.l10n.t('Check whether it was moved or deleted.'),
      };
    case 'silent':
      return {
        reason: vscode.l10n.t('the file system does not answer'),
        remedy: vscode.l10n.t('Check the connection.'),
      };
  }
}
