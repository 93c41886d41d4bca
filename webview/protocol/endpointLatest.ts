/**
 * @file Live pictures: of each event at most one is on its way and at most one waits, made only
 * when its turn comes, so that a slow receiver sees fewer pictures, never older ones.
 */

type Make = () => unknown;

interface Slot {
  waiting?: Make;
}

/** Keeps one slot an event name; how a payload is sent is the endpoint's affair. */
export class LatestWins {
  readonly #send: (name: string, payload: unknown) => void;
  readonly #onError: (thrown: unknown) => void;
  /** The slots whose payload is being made or has not been acknowledged. */
  readonly #busy = new Map<string, Slot>();

  constructor(send: (name: string, payload: unknown) => void, onError: (thrown: unknown) => void) {
    this.#send = send;
    this.#onError = onError;
  }

  /** Sends what `make` returns now, or in the place of what waited, when the receiver is done. */
  offer(name: string, make: Make): void {
    const busy = this.#busy.get(name);
    if (busy !== undefined) {
      busy.waiting = make;
      return;
    }
    const slot: Slot = {};
    this.#busy.set(name, slot);
    void this.#fill(name, slot, make);
  }

  /** The receiver has drawn it: send what waits. */
  seen(name: string): void {
    const slot = this.#busy.get(name);
    this.#busy.delete(name);
    if (slot?.waiting !== undefined) {
      this.offer(name, slot.waiting);
    }
  }

  /** The receiver is gone and will acknowledge nothing; its successor gets what waits. */
  restart(): void {
    [...this.#busy.keys()].forEach((name) => {
      this.seen(name);
    });
  }

  clear(): void {
    this.#busy.clear();
  }

  async #fill(name: string, slot: Slot, make: Make): Promise<void> {
    try {
      const payload = await make();
      if (this.#busy.get(name) === slot) {
        this.#send(name, payload);
      }
    } catch (error) {
      this.#onError(error);
      if (this.#busy.get(name) === slot) {
        this.seen(name);
      }
    }
  }
}
