/**
 * @file The source follows the selection, and makes it: what is selected elsewhere is shown and
 * marked where the source is in sight, and a line that the cursor comes to is selected. Never takes
 * the focus.
 */
import * as vscode from 'vscode';
import { placeOf } from '../../webview/config/traceRecord';
import type { Selection } from '../../webview/protocol/selection';
import type { SelectedPlace } from '../engine/selectedPlace';
import { Disposable } from '../lifetime';
import { sourceFileOf, sourceUri } from './modelUri';
import { textOfLine } from './ranges';
import type { ShownPlaces } from './shownPlaces';
import type { SourceIndex } from './sourceIndex';
import { visibleSourceEditors } from './sourceView';

/** Milliseconds that the cursor rests before its line is selected. */
const restFor = 200;

/** What follows is joined to this. */
export interface FollowParts {
  readonly index: SourceIndex;
  readonly shown: ShownPlaces;
  readonly selected: SelectedPlace;
  readonly report: (error: unknown) => void;
}

export class FollowSelection extends Disposable {
  private readonly parts: FollowParts;
  /** The line of the selection: the bar at its beginning is clear in every theme. */
  private readonly mark = this.register(
    vscode.window.createTextEditorDecorationType({
      isWholeLine: true,
      backgroundColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
      borderColor: new vscode.ThemeColor('focusBorder'),
      borderStyle: 'solid',
      borderWidth: '0 0 0 3px',
      overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.rangeHighlightForeground'),
      overviewRulerLane: vscode.OverviewRulerLane.Full,
    }),
  );
  private resting: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: FollowParts) {
    super();
    this.parts = parts;
    this.register(
      parts.selected.onDidChange(({ selection, from }) => {
        this.attempt(() => this.follow(selection, from !== 'source'));
      }),
    );
    const markAgain = (): void => {
      this.attempt(() => this.markLines(parts.selected.current));
    };
    this.register(vscode.window.onDidChangeVisibleTextEditors(markAgain));
    this.register(parts.shown.onDidChange(markAgain));
    this.register(
      vscode.window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
        // What a program has moved is not the user's choice.
        if (kind === undefined) return;
        clearTimeout(this.resting);
        this.resting = setTimeout(() => {
          this.attempt(() => this.select(textEditor));
        }, restFor);
      }),
    );
    this.register({
      dispose: () => {
        clearTimeout(this.resting);
      },
    });
  }

  /** Shows the place of a selection, and its line where any of the source is in sight. */
  private async follow(selection: Selection | undefined, reveals: boolean): Promise<void> {
    const { index, shown } = this.parts;
    const { records } = await index.load();
    const place = selection && placeOf(records, selection.path);
    if (selection !== undefined) shown.showPath(records, selection.path);
    if (reveals && place !== undefined) await this.reveal(place.record.file, place.record.line - 1);
    await this.markLines(selection);
  }

  private async reveal(file: string, line: number): Promise<void> {
    const editors = visibleSourceEditors();
    const shown = editors.filter(({ document }) => sourceFileOf(document.uri) === file);
    const [other] = editors;
    if (shown.length === 0 && other !== undefined) {
      const editor = await vscode.window.showTextDocument(sourceUri(file), {
        ...(other.viewColumn === undefined ? {} : { viewColumn: other.viewColumn }),
        preserveFocus: true,
        preview: true,
      });
      shown.push(editor);
    }
    for (const editor of shown) {
      const range = textOfLine(editor.document, line);
      editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    }
  }

  /** A line that shows another layer than the selected one is not what is selected. */
  private async markLines(selection: Selection | undefined): Promise<void> {
    const { index, shown } = this.parts;
    const { records } = await index.load();
    const record = selection && placeOf(records, selection.path)?.record;
    const isShown = record !== undefined && shown.pathOf(record) === selection?.path;
    for (const editor of visibleSourceEditors()) {
      const isHere = isShown && sourceFileOf(editor.document.uri) === record.file;
      editor.setDecorations(
        this.mark,
        isHere ? [textOfLine(editor.document, record.line - 1)] : [],
      );
    }
  }

  /** Selects what the line of the cursor marks, if it marks anything. */
  private async select({ document, selection: { active } }: vscode.TextEditor): Promise<void> {
    const file = sourceFileOf(document.uri);
    if (file === undefined) return;
    const { index, shown, selected } = this.parts;
    const { records } = await index.load();
    const record = records.find((each) => each.file === file && each.line === active.line + 1);
    const path = record && shown.pathOf(record);
    if (path !== undefined) selected.selectPath(path, 'source');
  }

  private attempt(work: () => Promise<void>): void {
    work().catch(this.parts.report);
  }
}
