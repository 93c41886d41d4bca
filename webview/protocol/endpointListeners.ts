/**
 * @file Who listens to which event of the other end. A listener that fails does not keep the others
 * from hearing.
 */

/** Listeners may be slow: an event counts as heard when their promises have settled. */
type Listener = (payload: unknown) => unknown;

export class Listeners {
  readonly #onError: (thrown: unknown) => void;
  readonly #listeners = new Map<string, Set<Listener>>();

  constructor(onError: (thrown: unknown) => void) {
    this.#onError = onError;
  }

  /** Returns how to stop listening. */
  add(name: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => {
      listeners.delete(listener);
    };
  }

  /** Calls all listeners in order; resolves when they are done. Never rejects. */
  async tell(name: string, readPayload: () => unknown): Promise<void> {
    try {
      const payload = readPayload();
      const heard = [...(this.#listeners.get(name) ?? [])].map((listener) =>
        Promise.resolve(payload).then(listener),
      );
      for (const outcome of await Promise.allSettled(heard)) {
        if (outcome.status === 'rejected') {
          this.#onError(outcome.reason);
        }
      }
    } catch (error) {
      this.#onError(error);
    }
  }

  clear(): void {
    this.#listeners.clear();
  }
}
