/** @file The model's source in the editor: composes what serves it. No logic. */
import * as vscode from 'vscode';
import type { Engine } from '../engine/engine';
import type { Inspection } from '../engine/inspection';
import type { SelectedPlace } from '../engine/selectedPlace';
import { Disposable } from '../lifetime';
import type { Messages } from '../messages';
import type { Playground } from '../playground/playground';
import type { ShownSelection } from '../playground/shownSelection';
import { onAnnotationsChange } from './annotations';
import { definitionProvider } from './definitionProvider';
import { FollowSelection } from './followSelection';
import { hintsProvider } from './hints';
import { hoverProvider } from './hoverProvider';
import { lensProvider } from './lenses';
import { modelSelector } from './modelUri';
import { outlineProvider } from './outlineProvider';
import { ShownPlaces } from './shownPlaces';
import { sourceCommands } from './sourceCommands';
import { SourceFileSystem } from './sourceFileSystem';
import type { SourceIndex } from './sourceIndex';
import { SourceView } from './sourceView';

/** What the source shows, and whom it tells. */
export interface ModelSourceParts {
  readonly context: vscode.ExtensionContext;
  readonly index: SourceIndex;
  readonly engine: Engine;
  readonly inspection: Inspection;
  readonly selected: SelectedPlace;
  readonly playground: Playground;
  readonly shownSelection: ShownSelection;
  readonly messages: Messages;
}

export class ModelSource extends Disposable {
  constructor(parts: ModelSourceParts) {
    super();
    const { context, index, engine, inspection, selected, messages } = parts;
    const report = (error: unknown): void => void messages.remember(error);
    this.register(new SourceFileSystem(index));
    const shown = this.register(new ShownPlaces(inspection, context.workspaceState));
    const view = this.register(new SourceView({ index, shown, inspection, engine, report }));
    this.register(new FollowSelection({ index, shown, selected, report }));
    const { languages } = vscode;
    this.register(languages.registerDefinitionProvider(modelSelector, definitionProvider(index)));
    this.register(languages.registerDocumentSymbolProvider(modelSelector, outlineProvider(index)));
    this.register(languages.registerHoverProvider(modelSelector, hoverProvider(view)));
    this.register(languages.registerInlayHintsProvider(modelSelector, hintsProvider(view)));
    this.register(
      languages.registerCodeLensProvider(modelSelector, lensProvider({ index, shown, view })),
    );
    this.register(
      onAnnotationsChange(() => {
        view.draw();
      }),
    );
    const commands = sourceCommands({ ...parts, shown });
    for (const [name, run] of Object.entries(commands)) {
      this.register(
        vscode.commands.registerCommand(`transformerPlayground.${name}`, (argument: unknown) =>
          messages.attempt(() => run(argument)),
        ),
      );
    }
  }
}
