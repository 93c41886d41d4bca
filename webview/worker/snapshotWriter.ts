/**
 * @file Hands snapshots of a run out to be stored, when they are due; what cannot be stored is told
 * once, and again at the end of the run.
 */
import { formatCount } from '../config/counts';
import { failureOf } from '../config/errors';
import {
  snapshotNotStored,
  type Notice,
  type Snapshot,
  type SnapshotReason,
} from '../protocol/engineApi';
import type { ActiveRun } from './activeRun';
import { SnapshotClock } from './snapshotClock';
import type { Turns } from './turns';

export interface SnapshotWriterOptions {
  /** A snapshot waits for the step that is being made. */
  readonly turns: Turns;
  /** Resolves when the snapshot is on disk. */
  readonly storeSnapshot: (snapshot: Snapshot) => Promise<void>;
  readonly tell: (notice: Notice) => void;
}

export class SnapshotWriter {
  readonly #options: SnapshotWriterOptions;
  readonly #clock = new SnapshotClock();
  /** Whether the user knows that snapshots cannot be stored. */
  #toldUnstored = false;

  constructor(options: SnapshotWriterOptions) {
    this.#options = options;
  }

  /** Begins with a run. */
  restart(): void {
    this.#clock.restart();
    this.#toldUnstored = false;
  }

  /** Save after the current step, whatever the time. */
  demand(reason: SnapshotReason): void {
    this.#clock.demand(reason);
  }

  /** Saves if it is time to. */
  async storeWhenDue(run: ActiveRun, signal: AbortSignal): Promise<void> {
    const due = this.#clock.due();
    if (due) await this.store(run, due, signal);
  }

  /**
   * Saves what happened since the last snapshot. A disk that fails does not stop it: training goes
   * on, and the next one tries again. Rejects where the run was given up while its weights were
   * read: they may be spoilt.
   */
  async store(run: ActiveRun, reason: SnapshotReason, signal: AbortSignal): Promise<void> {
    if (!run.hasNews) return;
    const began = performance.now();
    const snapshot = await this.#options.turns.take(() => run.snapshot(reason));
    signal.throwIfAborted();
    try {
      await this.#options.storeSnapshot(snapshot);
      this.#toldUnstored = false;
      this.#clock.stored(performance.now() - began);
    } catch (error) {
      run.takeBack(snapshot);
      this.#clock.failed(performance.now() - began);
      this.#tellUnstored(run, reason, error);
    }
  }

  #tellUnstored(run: ActiveRun, reason: SnapshotReason, error: unknown): void {
    // What a run has come to is lost with the page, and is told also to who knows the trouble.
    const isLast = reason === 'stop' || reason === 'finish';
    if (this.#toldUnstored && !isLast) return;
    this.#toldUnstored = true;
    const { message, remedy } = failureOf(error);
    this.#options.tell({
      code: snapshotNotStored,
      severity: 'warning',
      message: `The checkpoint of step ${formatCount(run.step)} could not be saved: ${message} ${remedy}`,
    });
  }
}
