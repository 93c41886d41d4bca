/**
 * @file What the visible lines of the source show, and when they are to be drawn again: only while
 * somebody sees them. Draws nothing itself.
 */
import * as vscode from 'vscode';
import type { TraceRecord } from '../../webview/config/traceRecord';
import type { Engine } from '../engine/engine';
import type { Inspection } from '../engine/inspection';
import { Disposable } from '../lifetime';
import { Drawing } from './drawing';
import { modelScheme, sourceFileOf } from './modelUri';
import type { Moment, ShownPoint } from './pointText';
import type { ShownPlaces } from './shownPlaces';
import type { SourceIndex } from './sourceIndex';

/** What the source is read from. */
export interface SourceViewParts {
  readonly index: SourceIndex;
  readonly shown: ShownPlaces;
  readonly inspection: Inspection;
  readonly engine: Engine;
  readonly report: (error: unknown) => void;
}

export class SourceView extends Disposable {
  private readonly parts: SourceViewParts;
  private readonly changed = this.register(new vscode.EventEmitter<void>());
  private readonly drawing = this.register(
    new Drawing({
      isSeen: () => visibleFiles().length > 0,
      isTraining: () => this.moment.isTraining,
      draw: () => {
        this.changed.fire();
      },
    }),
  );

  /** What is drawn is out of date. */
  readonly onDidChange = this.changed.event;

  constructor(parts: SourceViewParts) {
    super();
    this.parts = parts;
    const { shown, inspection, engine } = parts;
    const onSight = (): void => {
      this.watch();
      this.draw();
    };
    this.register(vscode.window.onDidChangeVisibleTextEditors(onSight));
    this.register(shown.onDidChange(onSight));
    this.register(
      inspection.onDidChange(() => {
        // A run with fewer layers may show another one.
        this.watch();
        this.drawing.soon();
      }),
    );
    this.register(
      engine.onDidChange(() => {
        this.drawing.soon();
      }),
    );
    this.watch();
  }

  /** The points of a file, in the order of its lines. */
  async pointsOf(file: string): Promise<ShownPoint[]> {
    const { records } = await this.parts.index.load();
    return records.filter((record) => record.file === file).map((record) => this.pointOf(record));
  }

  get moment(): Moment {
    return { now: Date.now(), isTraining: this.parts.engine.state.phase === 'training' };
  }

  /** Draws at once, if anybody sees it. */
  draw(): void {
    this.drawing.now();
  }

  private pointOf(record: TraceRecord): ShownPoint {
    const { shown, inspection } = this.parts;
    const path = shown.pathOf(record);
    return {
      record,
      path,
      described: path === undefined ? undefined : inspection.describe(path),
      hasRun: inspection.isDescribed,
      configured: inspection.configured,
      seen: path === undefined ? {} : inspection.lastSeen(path),
    };
  }

  /** Has the engine look at what is in sight, and at nothing else. */
  private watch(): void {
    const { index, shown, inspection, report } = this.parts;
    if (visibleFiles().length === 0) {
      inspection.want('source', []);
      return;
    }
    index
      .load()
      .then(({ records }) => {
        const files = visibleFiles();
        const inSight = records.filter(({ file }) => files.includes(file));
        inspection.want(
          'source',
          inSight.flatMap((record) => shown.pathOf(record) ?? []),
        );
      })
      .catch(report);
  }
}

/** Editors of the model's source that are in sight. */
export function visibleSourceEditors(): vscode.TextEditor[] {
  return vscode.window.visibleTextEditors.filter(
    ({ document }) => document.uri.scheme === modelScheme,
  );
}

function visibleFiles(): string[] {
  return visibleSourceEditors().flatMap(({ document }) => sourceFileOf(document.uri) ?? []);
}
