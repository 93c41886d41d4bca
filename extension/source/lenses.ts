/**
 * @file Code lenses over the lines of the source that mark a value. Their lines and their number
 * are the same before, during and after a run, so that text never jumps.
 */
import * as vscode from 'vscode';
import { annotationsSetting } from '../settings';
import { sourceFileOf } from './modelUri';
import { axesText, isAttention, numbersText, shapeText, type ShownPoint } from './pointText';
import { placeText } from './placeText';
import type { ShownPlaces } from './shownPlaces';
import type { SourceIndex } from './sourceIndex';
import type { SourceView } from './sourceView';

/** What lenses are made from. */
export interface LensParts {
  readonly index: SourceIndex;
  readonly shown: ShownPlaces;
  readonly view: SourceView;
}

export function lensProvider({ index, shown, view }: LensParts): vscode.CodeLensProvider {
  return {
    onDidChangeCodeLenses: view.onDidChange,
    provideCodeLenses: async ({ uri }) => {
      const file = sourceFileOf(uri);
      if (file === undefined || annotationsSetting() !== 'codeLens') return [];
      const { records } = await index.load();
      const place = shown.placeOf(records, file);
      const { moment } = view;
      const points = await view.pointsOf(file);
      return [
        ...(place === undefined ? [] : [lens(0, choosePlace(placeText(place, shown.layers)))]),
        lens(0, goToPart()),
        ...points.flatMap((point) => {
          const line = point.record.line - 1;
          return [
            lens(line, shape(point)),
            lens(line, numbers(point, numbersText(point, moment))),
            ...(isAttention(point) ? [lens(line, heatmap(point))] : []),
            lens(line, explain(point)),
          ];
        }),
      ];
    },
  };
}

function lens(line: number, command: vscode.Command): vscode.CodeLens {
  return new vscode.CodeLens(new vscode.Range(line, 0, line, 0), command);
}

function choosePlace(shown: string): vscode.Command {
  return {
    title: vscode.l10n.t('Shown: {0}', shown),
    tooltip: vscode.l10n.t(
      'Choose which layer the shapes and numbers below are of. Layers are counted from 0.',
    ),
    command: 'transformerPlayground.chooseLayerShown',
  };
}

function goToPart(): vscode.Command {
  return {
    title: vscode.l10n.t('Parts of the model'),
    tooltip: vscode.l10n.t('Go to another file of the model.'),
    command: 'transformerPlayground.goToModelPart',
  };
}

function shape(point: ShownPoint): vscode.Command {
  return select(point, shapeText(point), axesText(point));
}

function numbers(point: ShownPoint, title: string): vscode.Command {
  const letters = vscode.l10n.t('μ is the mean of all its numbers, σ their standard deviation.');
  return select(point, title, `${axesText(point)}\n${letters}`);
}

/** Selects the point wherever else it is shown. */
function select(point: ShownPoint, title: string, meaning: string): vscode.Command {
  return {
    title,
    tooltip: `${point.path ?? point.record.id}\n${meaning}`,
    command: 'transformerPlayground.selectPlace',
    arguments: [{ path: point.path }],
  };
}

function heatmap(point: ShownPoint): vscode.Command {
  const all = vscode.l10n.t('See all heads of this layer, for every query and key.');
  return {
    title: vscode.l10n.t('Heatmap'),
    tooltip: `${all}\n${axesText(point)}`,
    command: 'transformerPlayground.showAttention',
    arguments: [{ path: point.path }],
  };
}

function explain(point: ShownPoint): vscode.Command {
  const { id, explanation } = point.record;
  return {
    title: vscode.l10n.t('What is this?'),
    // A tooltip shows Markdown's marks as they are.
    tooltip: `${explanation.replaceAll('`', '')}\n${axesText(point)}`,
    command: 'transformerPlayground.explain',
    arguments: [{ id }],
  };
}
