/**
 * @file Looks that come again and again while a model trains, all of them together for no more of
 * its time than was agreed: a run pays for no other. Must not know what is looked at.
 */
import { cancelled } from '../protocol/errors';
import type { ActiveRun } from './activeRun';
import type { Session } from './session';

/**
 * Looking takes at most this share of the time: of the two hundredths that were agreed, the rest is
 * for what a look leaves behind, such as cold caches.
 */
export const lookingShare = 0.016;

/** What is looked at, and whether it trains. */
export type LookedSession = Pick<Session, 'look' | 'run' | 'state'>;

export class PacedLooks {
  readonly #session: LookedSession;
  /** Before this time looking has had its share of the run's. */
  readonly #freeAt = new WeakMap<ActiveRun, number>();
  #isLooking = false;
  readonly #waiting = new Set<() => void>();

  constructor(session: LookedSession) {
    this.#session = session;
  }

  /**
   * Looks when looking has its share of the time again, or `atOnce`; while the run rests nothing
   * waits, and nothing counts. Rejects as cancelled where the signal fires before.
   */
  async look<Seen>(
    what: string,
    work: (run: ActiveRun) => Promise<Seen>,
    { signal, atOnce = false }: { readonly signal: AbortSignal; readonly atOnce?: boolean },
  ): Promise<Seen> {
    while (!signal.aborted && (this.#isLooking || !(atOnce || this.#isFree))) {
      await this.#change(signal);
    }
    if (signal.aborted) throw cancelled(what);
    this.#isLooking = true;
    try {
      return await this.#session.look(what, async (run) => {
        if (signal.aborted) throw cancelled(what);
        const began = performance.now();
        try {
          return await work(run);
        } finally {
          this.charge(run, performance.now() - began);
        }
      });
    } finally {
      this.#isLooking = false;
      this.wake();
    }
  }

  /** Looking took so many ms of a run's time, here or elsewhere. */
  charge(run: ActiveRun, cost: number): void {
    if (this.#rests) return;
    const began = Math.max(performance.now() - cost, this.#freeAtOf(run));
    this.#freeAt.set(run, began + cost / lookingShare);
  }

  /** Something happened, such as a pause: who waits need perhaps wait no longer. */
  wake(): void {
    for (const resolve of [...this.#waiting]) resolve();
  }

  get #rests(): boolean {
    return this.#session.state.phase !== 'training';
  }

  get #isFree(): boolean {
    return this.#wait <= 0;
  }

  /** Milliseconds until looking has its share of the time again. */
  get #wait(): number {
    const { run } = this.#session;
    if (this.#rests || run === undefined) return 0;
    return this.#freeAtOf(run) - performance.now();
  }

  #freeAtOf(run: ActiveRun): number {
    return this.#freeAt.get(run) ?? -Infinity;
  }

  /** Resolves when there is a reason to ask again. */
  #change(signal: AbortSignal): Promise<void> {
    const waiting = this.#waiting;
    return new Promise((resolve) => {
      const wait = this.#isLooking ? undefined : this.#wait;
      const timer = wait === undefined ? undefined : setTimeout(end, Math.max(0, wait));
      function end(): void {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        waiting.delete(end);
        resolve();
      }
      signal.addEventListener('abort', end);
      waiting.add(end);
    });
  }
}
