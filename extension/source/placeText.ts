/** @file The name of a place that a file of the source can show. */
import * as vscode from 'vscode';
import { pathOfPlace, type Place } from './shownPlaces';

/**
 * `layer 0 of 0–1 · decoder.0.mlpNorm`, counted from 0 as in paths; of a place outside the layers
 * its path.
 */
export function placeText(place: Place, layers: number): string {
  const { layer } = place;
  const path = pathOfPlace(place);
  if (layer === undefined) return path;
  return `${layerText(layer, layers)} · ${path}`;
}

/** `layer 0 of 0–1` */
export function layerText(layer: number, layers: number): string {
  return vscode.l10n.t('layer {0} of 0–{1}', layer, layers - 1);
}
