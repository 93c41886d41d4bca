/**
 * @file When numbers of the model are drawn again: at most once a second, and only while somebody
 * sees them. Knows neither numbers nor views.
 */
import { Disposable } from '../lifetime';

/** Milliseconds between two drawings. */
const drawEvery = 1000;

/** Who sees it, and how it is drawn. */
export interface DrawingOptions {
  readonly isSeen: () => boolean;
  /** While a model trains, the age of what is shown grows: it is drawn again and again. */
  readonly isTraining: () => boolean;
  readonly draw: () => void;
}

export class Drawing extends Disposable {
  private readonly options: DrawingOptions;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isStale = false;

  constructor(options: DrawingOptions) {
    super();
    this.options = options;
    this.register({
      dispose: () => {
        clearTimeout(this.timer);
      },
    });
  }

  /** Draws at once, if anybody sees it. */
  now(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.soon();
  }

  /** Draws at once if the last time is long enough ago, otherwise as soon as it is. */
  soon(): void {
    if (this.timer !== undefined) {
      this.isStale = true;
      return;
    }
    const { isSeen, isTraining, draw } = this.options;
    if (!isSeen()) return;
    this.isStale = false;
    draw();
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (this.isStale || isTraining()) this.soon();
    }, drawEvery);
  }
}
