/** @file The commands of the source: in the palette, of lenses and of links. */
import * as vscode from 'vscode';
import { PlaygroundError } from '../../webview/config/errors';
import type { SelectedPlace } from '../engine/selectedPlace';
import type { Messages } from '../messages';
import type { Playground } from '../playground/playground';
import type { ShownSelection } from '../playground/shownSelection';
import { tellHidden, turnOnAnnotations } from './annotations';
import { openExplanation, openFile, openPlace } from './openSource';
import { pickPart } from './pickPart';
import { pickPlace } from './pickPlace';
import type { ShownPlaces } from './shownPlaces';
import type { SourceIndex } from './sourceIndex';

/** The file that leads to all others. */
const entryFile = 'model/gpt.ts';

/** What the commands act on. */
export interface SourceCommandParts {
  readonly index: SourceIndex;
  readonly shown: ShownPlaces;
  readonly selected: SelectedPlace;
  readonly playground: Playground;
  readonly shownSelection: ShownSelection;
  readonly messages: Messages;
}

/** Each command by its name without the section. Those of links take `{ path }` or `{ id }`. */
export function sourceCommands(
  parts: SourceCommandParts,
): Readonly<Record<string, (argument: unknown) => unknown>> {
  const { index, shown, selected, playground, shownSelection, messages } = parts;
  const select = (argument: unknown): void => {
    const path = textIn(argument, 'path');
    if (path !== undefined) selected.selectPath(path, 'source');
  };
  const open = async (file: string): Promise<void> => {
    await openFile(file);
    tellHidden(messages);
  };
  return {
    openModelSource: () => open(entryFile),
    goToModelPart: async () => {
      const file = await pickPart(index);
      if (file !== undefined) await open(file);
    },
    chooseLayerShown: () => pickPlace(index, shown),
    goToSource: async (argument) => {
      const path = textIn(argument, 'path') ?? selected.current?.path;
      if (path === undefined) throw nothingSelected();
      selected.selectPath(path, 'command');
      await openPlace(index, path);
      tellHidden(messages);
    },
    selectPlace: select,
    turnOnAnnotations,
    explain: (argument) => {
      const named =
        textIn(argument, 'id') ?? textIn(argument, 'path') ?? selected.current?.path ?? '';
      return openExplanation(index, named);
    },
    showInPlayground: async (argument) => {
      select(argument);
      await playground.open();
      shownSelection.reveal();
    },
  };
}

/** A text that a link, a lens or another feature has handed over. */
function textIn(argument: unknown, key: string): string | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const value: unknown = Object.entries(argument).find(([name]) => name === key)?.[1];
  return typeof value === 'string' ? value : undefined;
}

function nothingSelected(): PlaygroundError {
  return new PlaygroundError({
    code: 'nothing-selected',
    message: vscode.l10n.t('No part of the model is selected.'),
    remedy: vscode.l10n.t(
      'Choose a head in the attention view, or use “Transformer: Go to Part of the Model”.',
    ),
  });
}
