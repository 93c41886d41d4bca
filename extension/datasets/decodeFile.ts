/**
 * @file The text in a file that is not open, as VS Code would show it: also in the encoding that
 * the user's settings name. Reads nothing.
 */
import * as vscode from 'vscode';
import { Refusal } from '../refusal';
import { decodeText } from './decodeText';

/** Stands for bytes that mean nothing in an encoding, or is half a character, or no text at all. */
const noText = /[\uFFFD\p{Surrogate}\0]/u;

/**
 * UTF-8 and what has a byte order mark is taken for what it is, whatever the settings say. Of the
 * rest VS Code tells the encoding: the settings', or one it recognizes, such as UTF-16 without a
 * mark. Throws the refusal of {@link decodeText} where that yields no text either.
 */
export async function decodeFile(
  bytes: Uint8Array,
  name: string,
  uri: vscode.Uri,
): Promise<string> {
  try {
    return decodeText(bytes, name);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const text = await decodedByEditor(bytes, uri);
    // Half a character of UTF-16 is read as nothing.
    if (text === undefined || text === '' || noText.test(text)) throw error;
    return text;
  }
}

/** Undefined of what VS Code takes for binary, which it says by an error. */
async function decodedByEditor(bytes: Uint8Array, uri: vscode.Uri): Promise<string | undefined> {
  try {
    return await vscode.workspace.decode(bytes, { uri });
  } catch {
    return undefined;
  }
}
