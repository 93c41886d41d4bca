/**
 * @file The playground follows the selection: its page is told what is selected and what is known
 * of it, as often as the source is drawn, and the engine looks there while the page is in sight.
 */
import type { SelectedView } from '../../webview/protocol/selectedView';
import type { Engine } from '../engine/engine';
import type { Inspection } from '../engine/inspection';
import type { SelectedPlace } from '../engine/selectedPlace';
import { Disposable } from '../lifetime';
import { Drawing } from '../source/drawing';
import type { SourceIndex } from '../source/sourceIndex';
import type { Playground } from './playground';
import { selectedView } from './selectedView';

/** What is followed, and who is told. */
export interface ShownSelectionParts {
  readonly index: SourceIndex;
  readonly engine: Engine;
  readonly inspection: Inspection;
  readonly selected: SelectedPlace;
  readonly playground: Playground;
}

export class ShownSelection extends Disposable {
  private readonly parts: ShownSelectionParts;
  private readonly drawing: Drawing;
  /** The page shows a place: it must hear when there is none any more. */
  private isShown = false;

  constructor(parts: ShownSelectionParts) {
    super();
    this.parts = parts;
    const { engine, inspection, selected, playground } = parts;
    this.drawing = this.register(
      new Drawing({
        isSeen: () => playground.visible && (this.isShown || selected.current !== undefined),
        isTraining: () => this.isTraining,
        draw: () => {
          this.tell();
        },
      }),
    );
    const follow = (): void => {
      this.follow();
    };
    this.register(selected.onDidChange(follow));
    this.register(playground.onDidChangeVisibility(follow));
    const drawSoon = (): void => {
      this.drawing.soon();
    };
    this.register(inspection.onDidChange(drawSoon));
    this.register(engine.onDidChange(drawSoon));
  }

  /** Takes up what is selected now; also for a page that has just started. */
  follow(): void {
    const { inspection, selected, playground } = this.parts;
    const path = playground.visible ? selected.current?.path : undefined;
    inspection.want('playground', path === undefined ? [] : [path]);
    this.drawing.now();
  }

  /** Brings what is selected into sight on the page, which has the focus. */
  reveal(): void {
    this.parts.playground.endpoint?.emit('showSelected', null);
  }

  private get isTraining(): boolean {
    return this.parts.engine.state.phase === 'training';
  }

  private tell(): void {
    const { selected, playground } = this.parts;
    this.isShown = selected.current !== undefined;
    playground.endpoint?.latest('selected', () => this.view());
  }

  private async view(): Promise<SelectedView | null> {
    const { index, inspection, selected } = this.parts;
    const { records } = await index.load();
    const { current } = selected;
    if (current === undefined) return null;
    const moment = { now: Date.now(), isTraining: this.isTraining };
    return selectedView(current, { records, inspection, moment });
  }
}
