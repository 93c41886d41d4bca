/**
 * @file When to save: soon after the beginning, then every ten seconds, less often where saving
 * would cost more than 3 % of the time.
 */
import type { SnapshotReason } from '../protocol/engineApi';

const interval = 10_000;
/** Milliseconds to the first: who closes the page at once has something to come back to. */
const firstAfter = 2000;
const share = 0.03;
/** Milliseconds until one that failed is tried again, at most. */
const retry = 60_000;

export class SnapshotClock {
  #last = 0;
  /** Milliseconds that the snapshot before took; none before the first. */
  #costBefore = 0;
  #pause = firstAfter;
  #demanded: SnapshotReason | undefined;

  /** Begins with a run. */
  restart(): void {
    this.#costBefore = 0;
    this.#wait(firstAfter);
  }

  /** Save after the current step, whatever the time. */
  demand(reason: SnapshotReason): void {
    this.#demanded = reason;
  }

  /** Why to save now, or undefined if it is not yet time. */
  due(): SnapshotReason | undefined {
    if (this.#demanded) return this.#demanded;
    return performance.now() - this.#last > this.#pause ? 'interval' : undefined;
  }

  /**
   * A snapshot was saved, which took this many ms. The lesser of two counts: a host that was busy
   * once, as it is when a window opens, says little of what saving costs.
   */
  stored(cost: number): void {
    const usual = Math.min(cost, this.#costBefore);
    this.#costBefore = cost;
    this.#wait(Math.max(interval, usual / share));
  }

  /**
   * A snapshot could not be saved, which took this many ms: waiting for a disk or a host that is
   * gone says little of what saving costs when they are back.
   */
  failed(cost: number): void {
    this.#wait(Math.max(interval, Math.min(cost / share, retry)));
  }

  #wait(pause: number): void {
    this.#last = performance.now();
    this.#pause = pause;
    this.#demanded = undefined;
  }
}
