/**
 * @file Snapshots on their way to the host. One that a silent host has not taken stays with it: a
 * host that goes on stores it then, before it is told that the run has ended. Knows no endpoint.
 */
import type { EngineState, Snapshot } from '../../protocol/engineApi';
import { isPlaygroundError } from '../../protocol/errors';
import { hostSilentCode, type HostWatch } from './hostWatch';

export interface SnapshotOutboxOptions {
  readonly send: (snapshot: Snapshot, signal: AbortSignal) => Promise<null>;
  readonly watch: Pick<HostWatch, 'outlast'>;
  /** The host has stored one, in time or late. */
  readonly onStored: () => void;
  /** Tells the host of the engine's state. */
  readonly tell: (state: EngineState) => void;
}

/** One that nobody waits for any more; `done` resolves whatever becomes of it. */
interface Late extends Pick<Snapshot, 'runId' | 'step' | 'metrics' | 'samples'> {
  readonly cancel: AbortController;
  readonly done: Promise<void>;
}

export class SnapshotOutbox {
  readonly #options: SnapshotOutboxOptions;
  readonly #late = new Set<Late>();
  /** States of the engine since a run ended whose snapshot is late. */
  #held: EngineState[] = [];

  constructor(options: SnapshotOutboxOptions) {
    this.#options = options;
  }

  /**
   * Resolves when the host has stored it. Rejects with `host-silent` where it is left to be late.
   */
  async store(snapshot: Snapshot, signal: AbortSignal): Promise<null> {
    const { send, watch, onStored } = this.#options;
    const cancel = new AbortController();
    const storing = send(this.#supersede(snapshot), AbortSignal.any([cancel.signal, signal]));
    try {
      await watch.outlast(storing);
    } catch (error) {
      if (isPlaygroundError(error, hostSilentCode)) this.#leave(snapshot, storing, cancel);
      throw error;
    }
    onStored();
    return null;
  }

  /** Tells the host of a state, of a run's end once the run's last snapshot has reached it. */
  tell(state: EngineState): void {
    const isEnd = state.phase === 'idle' && this.#late.size > 0;
    if (isEnd || this.#held.length > 0) this.#held.push(state);
    else this.#options.tell(state);
  }

  /** Resolves when nothing is late, which with a host that is gone may be never. */
  async settled(): Promise<void> {
    await Promise.all([...this.#late].map(({ done }) => done));
  }

  /**
   * Gives up what the snapshot has too: only one model waits in memory, however long the host is
   * silent. One of the same step would share a file with it, so that it goes without its lines.
   */
  #supersede(snapshot: Snapshot): Snapshot {
    let { metrics, samples } = snapshot;
    for (const late of this.#late) {
      if (late.runId !== snapshot.runId) continue;
      if (late.step === snapshot.step) {
        metrics = without(metrics, late.metrics);
        samples = without(samples, late.samples);
      } else {
        late.cancel.abort();
      }
    }
    return { ...snapshot, metrics, samples };
  }

  #leave(snapshot: Snapshot, storing: Promise<null>, cancel: AbortController): void {
    const { runId, step, metrics, samples } = snapshot;
    const done = storing.then(
      () => {
        this.#options.onStored();
        this.#settle(late);
      },
      (error: unknown) => {
        // Another host knows nothing of the run that has ended.
        const isGone = ['peer-restarted', 'disposed'].some((code) =>
          isPlaygroundError(error, code),
        );
        if (isGone) this.#held = [];
        this.#settle(late);
      },
    );
    const late: Late = { runId, step, metrics, samples, cancel, done };
    this.#late.add(late);
  }

  #settle(late: Late): void {
    this.#late.delete(late);
    if (this.#late.size > 0) return;
    for (const state of this.#held.splice(0)) this.#options.tell(state);
  }
}

/** The lines that are not among those that are known. */
function without<T>(lines: readonly T[], known: readonly T[]): readonly T[] {
  const texts = new Set(known.map((line) => JSON.stringify(line)));
  return lines.filter((line) => !texts.has(JSON.stringify(line)));
}
