/** @file The name of a place that a file of the source can show. */
import * as vscode from 'vscode';
import { pathOfPlace, type Place } from './shownPlaces';

/** `layer 1 of 2 · decoder.0.mlpNorm`; of a place outside the layers its path. */
export function placeText(place: Place, layers: number): string {
  const { layer } = place;
  const path = pathOfPlace(place);
  if (layer === undefined) return path;
  if (layers === 0) return vscode.l10n.t('no layer, since this model has none');
  return vscode.l10n.t('layer {0} of {1} · {2}', layer + 1, layers, path);
}
