/**
 * @file Which saved run a page can offer to continue, and which it can only show, since a window
 * has claimed it: that of before a reload, perhaps, whose claim is stale in a moment.
 */
import { Disposable } from '../lifetime';
import type { Ownership } from '../runs/ownership';
import type { RunStore } from '../runs/runStore';
import type { StoredRun } from '../runs/storedRun';

/** Milliseconds between two looks at whether another window still has the run. */
const lookAgainAfter = 3000;

export interface Continuable {
  readonly run: StoredRun;
  /** Nobody has it: it can be continued here and now. */
  readonly isFree: boolean;
}

export class Continuables extends Disposable {
  private readonly store: RunStore;
  private readonly onFreed: () => void;
  private readonly report: (error: unknown) => void;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** `onFreed` hears when a run that was claimed can be continued. */
  constructor(store: RunStore, onFreed: () => void, report: (error: unknown) => void) {
    super();
    this.store = store;
    this.onFreed = onFreed;
    this.report = report;
    this.register({
      dispose: () => {
        this.stopLooking();
      },
    });
  }

  /**
   * The run `preferred` before any newer one. One that a window has claimed is watched until it is
   * free.
   */
  async find(preferred: string | undefined): Promise<Continuable | undefined> {
    this.stopLooking();
    const run = await this.store.newestToContinue(preferred);
    if (run === undefined) return undefined;
    const ownership = this.store.ownership(run);
    const isFree = (await ownership.other()) === undefined;
    if (!isFree) this.lookAgain(ownership);
    return { run, isFree };
  }

  /** A look that is on its way changes nothing any more. */
  private stopLooking(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private lookAgain(ownership: Ownership): void {
    this.stopLooking();
    const timer = setTimeout(() => {
      ownership.other().then(
        (owner) => {
          if (timer !== this.timer) return;
          if (owner === undefined) this.onFreed();
          else this.lookAgain(ownership);
        },
        // Where no owner can be read the view says what there is.
        (error: unknown) => {
          this.report(error);
          if (timer === this.timer) this.onFreed();
        },
      );
    }, lookAgainAfter);
    this.timer = timer;
  }
}
