/**
 * @file The one selection of a window. A lens, a box, a heatmap or a word selects a place of the
 * model; everything else that shows it follows. Shows nothing itself.
 */
import * as vscode from 'vscode';
import { isSameSelection, type Selection } from '../../webview/protocol/selection';
import { Disposable } from '../lifetime';

/** Where a selection was made: what shows it there has it already. */
export type SelectedIn = 'source' | 'playground' | 'attention' | 'generation' | 'command';

export interface SelectionChange {
  readonly selection: Selection | undefined;
  readonly from: SelectedIn;
}

export class SelectedPlace extends Disposable {
  private readonly changed = this.register(new vscode.EventEmitter<SelectionChange>());
  private selection: Selection | undefined;

  readonly onDidChange = this.changed.event;

  get current(): Selection | undefined {
    return this.selection;
  }

  /** Selects a place, or nothing. */
  select(selection: Selection | undefined, from: SelectedIn): void {
    if (isSameSelection(selection, this.selection)) return;
    this.selection = selection;
    this.changed.fire({ selection, from });
  }

  /** Selects a place by its path alone; a head or a token of it that is selected stays so. */
  selectPath(path: string, from: SelectedIn): void {
    if (path !== this.selection?.path) this.select({ path }, from);
  }
}
