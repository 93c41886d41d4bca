/** @file Opens the model's source, at a file or at the line of a place, and explanations. */
import * as vscode from 'vscode';
import { PlaygroundError } from '../../webview/config/errors';
import { placeOf, type TraceRecord } from '../../webview/config/traceRecord';
import { explanationUri, sourceUri } from './modelUri';
import { textOfLine } from './ranges';
import type { SourceIndex } from './sourceIndex';
import { visibleSourceEditors } from './sourceView';

/** Opens a file where the source is already, or else beside a picture that is in front. */
export function openFile(file: string): Thenable<vscode.TextEditor> {
  const [other] = visibleSourceEditors();
  const { activeTabGroup } = vscode.window.tabGroups;
  const isBesidePicture = activeTabGroup.activeTab?.input instanceof vscode.TabInputWebview;
  return vscode.window.showTextDocument(sourceUri(file), {
    viewColumn:
      other?.viewColumn ?? (isBesidePicture ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active),
  });
}

/** Opens the line that marks a place, with the cursor on it. */
export async function openPlace(index: SourceIndex, path: string): Promise<void> {
  const { records } = await index.load();
  const place = placeOf(records, path);
  if (place === undefined) throw noSuchPlace(path);
  const { file, line } = place.record;
  const editor = await openFile(file);
  const range = textOfLine(editor.document, line - 1);
  editor.selection = new vscode.Selection(range.start, range.start);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Shows the explanation of a trace point, by its id or by the path of a place, to the side. */
export async function openExplanation(index: SourceIndex, named: string): Promise<void> {
  const { records } = await index.load();
  const record = recordOf(records, named);
  if (record === undefined) throw noSuchPlace(named);
  const uri = explanationUri(record.id);
  const preview = 'markdown.showPreviewToSide';
  // Someone may have switched VS Code's own Markdown off: the text itself reads well, too.
  if ((await vscode.commands.getCommands(true)).includes(preview)) {
    await vscode.commands.executeCommand(preview, uri);
  } else {
    await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside });
  }
}

function recordOf(records: readonly TraceRecord[], named: string): TraceRecord | undefined {
  return records.find(({ id }) => id === named) ?? placeOf(records, named)?.record;
}

function noSuchPlace(path: string): PlaygroundError {
  return new PlaygroundError({
    code: 'place-unknown',
    message: vscode.l10n.t('The model’s source has no place “{0}”.', path),
    remedy: vscode.l10n.t('Use “Transformer: Go to Part of the Model”.'),
  });
}
