/** @file Bytes of a file as text to train on, or a refusal that names the file. Reads nothing. */
import * as vscode from 'vscode';
import { beginningOf } from '../../webview/config/cut';
import { Refusal } from '../refusal';

const megabyte = 1024 * 1024;

/** The most that is trained on at once, as UTF-8. */
export const maximumTextBytes = 20 * megabyte;

/** A text to train on. */
export interface TextSource {
  /** Shown to the user, and the name of the run. */
  readonly name: string;
  /** UTF-8, without a byte order mark. */
  readonly bytes: ArrayBuffer;
}

/** The text in a file's bytes: UTF-16 where a byte order mark says so, otherwise strict UTF-8. */
export function decodeText(bytes: Uint8Array, name: string): string {
  checkSize(bytes.length, name);
  const encoding = encodingOf(bytes);
  if (encoding === 'utf-8') refuseBinaryFile(bytes, name);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Refusal(
      {
        code: 'text-encoding',
        message: vscode.l10n.t('“{0}” is not valid {1} text.', name, encoding.toUpperCase()),
        remedy: vscode.l10n.t(
          'Open it in the editor, choose its encoding with “Reopen with Encoding”, and train from there.',
        ),
      },
      { cause },
    );
  }
}

/** The text as the engine takes it. Refuses an empty, binary or too large one by its name. */
export function textSource(text: string, name: string): TextSource {
  if (text.trim() === '') {
    throw new Refusal({
      code: 'text-empty',
      message:
        text === ''
          ? vscode.l10n.t('“{0}” is empty: there is nothing to learn from.', name)
          : vscode.l10n.t(
              '“{0}” has only spaces and line breaks: there is nothing to learn from.',
              name,
            ),
      remedy: vscode.l10n.t('Choose a file with at least a few hundred characters of text.'),
    });
  }
  refuseBinaryText(text, name);
  const bytes = new TextEncoder().encode(text);
  checkSize(bytes.length, name);
  return { name: beginningOf(name, 200), bytes: bytes.buffer };
}

/** The last part of a URI's path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1) || path;
}

/** Refuses more than {@link maximumTextBytes}. */
export function checkSize(size: number, name: string): void {
  if (size <= maximumTextBytes) return;
  throw new Refusal({
    code: 'text-too-large',
    message: vscode.l10n.t(
      '“{0}” has {1} MB; the limit is {2} MB.',
      name,
      // A little too much is not the limit.
      (Math.ceil((size / megabyte) * 10) / 10).toFixed(1),
      maximumTextBytes / megabyte,
    ),
    remedy: vscode.l10n.t('Select a part of it in the editor and train on the selection.'),
  });
}

function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

/** Text holds no zero; compiled, compressed and image files nearly always do. */
function refuseBinaryFile(bytes: Uint8Array, name: string): void {
  const zeroAt = bytes.indexOf(0);
  if (zeroAt < 0) return;
  throw new Refusal({
    code: 'text-binary',
    message: vscode.l10n.t('“{0}” is a binary file, not text: its byte {1} is zero.', name, zeroAt),
    remedy: mayBeUtf16(bytes)
      ? vscode.l10n.t(
          'If it is UTF-16 text, open it in the editor, choose its encoding with “Reopen with Encoding”, and train from there; otherwise choose a text file.',
        )
      : vscode.l10n.t('Choose a text file.'),
  });
}

/**
 * Whether zeros stand in one half of 16-bit units alone: the upper half of a letter's or a blank's.
 */
function mayBeUtf16(bytes: Uint8Array): boolean {
  const first = bytes.indexOf(0);
  for (let at = first; at >= 0; at = bytes.indexOf(0, at + 1)) {
    if (at % 2 !== first % 2) return false;
  }
  return bytes.length % 2 === 0;
}

function refuseBinaryText(text: string, name: string): void {
  const zeroAt = text.indexOf('\0');
  if (zeroAt < 0) return;
  throw new Refusal({
    code: 'text-binary',
    message: vscode.l10n.t(
      '“{0}” is a binary file, not text: its character {1} is zero.',
      name,
      zeroAt,
    ),
    remedy: vscode.l10n.t('Choose a text file.'),
  });
}
