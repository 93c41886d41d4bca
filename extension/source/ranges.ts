/** @file Places of the source as VS Code names them. */
import * as vscode from 'vscode';
import type { Stretch } from '../../webview/config/sourceDefinitions';

export function rangeOf([line, start, length]: Stretch): vscode.Range {
  return new vscode.Range(line, start, line, start + length);
}

/** What a line says, without its indentation. */
export function textOfLine(document: vscode.TextDocument, line: number): vscode.Range {
  const { firstNonWhitespaceCharacterIndex, range } = document.lineAt(line);
  return range.with(range.start.with({ character: firstNonWhitespaceCharacterIndex }));
}
