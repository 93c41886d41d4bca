/** @file The same as the lenses as inlay hints, at the ends of the lines. */
import * as vscode from 'vscode';
import { annotationsSetting } from '../settings';
import { hoverText } from './hoverText';
import { sourceFileOf } from './modelUri';
import { numbersText, shapeText, type ShownPoint } from './pointText';
import type { SourceView } from './sourceView';

export function hintsProvider(view: SourceView): vscode.InlayHintsProvider {
  return {
    onDidChangeInlayHints: view.onDidChange,
    provideInlayHints: async (document, range) => {
      const file = sourceFileOf(document.uri);
      if (file === undefined || annotationsSetting() !== 'inlayHints') return [];
      const { moment } = view;
      const points = await view.pointsOf(file);
      return points
        .map((point) => ({ point, end: document.lineAt(point.record.line - 1).range.end }))
        .filter(({ end }) => range.contains(end))
        .map(({ point, end }) => {
          const text = `${shapeText(point)} · ${numbersText(point, moment)}`;
          const hint = new vscode.InlayHint(end, [part(point, text)]);
          hint.paddingLeft = true;
          hint.tooltip = hoverText(point, moment);
          return hint;
        });
    },
  };
}

/** A click with Ctrl or Cmd selects the point. */
function part({ path }: ShownPoint, text: string): vscode.InlayHintLabelPart {
  const label = new vscode.InlayHintLabelPart(text);
  label.command = {
    title: vscode.l10n.t('Select'),
    command: 'transformerPlayground.selectPlace',
    arguments: [{ path }],
  };
  return label;
}
