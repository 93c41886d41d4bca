/** @file The list of the places that the source can show: layers, and modules of a layer. */
import * as vscode from 'vscode';
import { sourceFileOf } from './modelUri';
import { layerText, placeText } from './placeText';
import { pathOfPlace, type Place, type ShownPlaces } from './shownPlaces';
import type { SourceIndex } from './sourceIndex';

/** Lets the user pick the layer, or the module, that the active file shows. */
export async function pickPlace(index: SourceIndex, shown: ShownPlaces): Promise<void> {
  const { records } = await index.load();
  const active = vscode.window.activeTextEditor?.document.uri;
  const file = (active && sourceFileOf(active)) ?? '';
  const places = shown.placesOf(records, file);
  const current = shown.placeOf(records, file);
  const items =
    places.length > 0 ? places.map((place) => placeItem(shown, place, current)) : layerItems(shown);
  const picked = await vscode.window.showQuickPick(
    items.length > 0 ? items : [{ label: vscode.l10n.t('This model has no layers') }],
    {
      title: vscode.l10n.t('Layer Shown in the Source'),
      placeHolder: vscode.l10n.t('Which layer are shapes and numbers to be of?'),
    },
  );
  if (picked?.place !== undefined) shown.show(file, picked.place);
  else if (picked?.layer !== undefined) shown.showLayer(picked.layer);
}

interface PlaceItem extends vscode.QuickPickItem {
  readonly place?: Place;
  readonly layer?: number;
}

function placeItem(shown: ShownPlaces, place: Place, current: Place | undefined): PlaceItem {
  const isCurrent = current !== undefined && pathOfPlace(current) === pathOfPlace(place);
  return { label: placeText(place, shown.layers), ...checked(isCurrent), place };
}

/** Where no file with layers is in front: the layer of all. */
function layerItems(shown: ShownPlaces): PlaceItem[] {
  return Array.from({ length: shown.layers }, (_, layer) => ({
    label: layerText(layer, shown.layers),
    ...checked(layer === shown.layer),
    layer,
  }));
}

function checked(isCurrent: boolean): Pick<vscode.QuickPickItem, 'description'> {
  return isCurrent ? { description: vscode.l10n.t('shown now') } : {};
}
