/** @file Tells an open file that the editor shows in the wrong encoding. */
import * as vscode from 'vscode';
import { decodeText } from './decodeText';

/** What a decoder puts in the place of bytes that mean nothing in an encoding. */
const replacement = '\uFFFD';

/**
 * Throws the refusal of `decodeText` where `text` of a document holds replacement characters since
 * VS Code took its file for UTF-8, which it is not: a model would learn to write them. A file that
 * holds that character itself is no such one.
 */
export async function refuseMisread(
  text: string,
  { uri, encoding, isUntitled }: vscode.TextDocument,
  name: string,
): Promise<void> {
  if (isUntitled || !text.includes(replacement) || !encoding.startsWith('utf8')) return;
  const bytes = await bytesOf(uri);
  if (bytes !== undefined) decodeText(bytes, name);
}

/** Undefined of what cannot be read a second time: then only the editor knows the text. */
async function bytesOf(uri: vscode.Uri): Promise<Uint8Array | undefined> {
  try {
    return await vscode.workspace.fs.readFile(uri);
  } catch {
    return undefined;
  }
}
