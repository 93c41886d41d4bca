/** @file The hover on a line of the source that marks a value. */
import * as vscode from 'vscode';
import { hoverText } from './hoverText';
import { sourceFileOf } from './modelUri';
import { textOfLine } from './ranges';
import type { SourceView } from './sourceView';

export function hoverProvider(view: SourceView): vscode.HoverProvider {
  return {
    provideHover: async (document, { line }) => {
      const points = await view.pointsOf(sourceFileOf(document.uri) ?? '');
      const point = points.find(({ record }) => record.line === line + 1);
      if (point === undefined) return undefined;
      return new vscode.Hover(hoverText(point, view.moment), textOfLine(document, line));
    },
  };
}
