/**
 * @file What ends with its owner: the one base class of everything in the host that has a lifetime.
 */

/** What VS Code calls a disposable, and anything else that ends. */
export interface Ending {
  dispose(): unknown;
}

/** Owns other disposables and ends them with itself, the last first. */
export abstract class Disposable implements Ending {
  readonly #owned: Ending[] = [];
  #isDisposed = false;

  /** Ends `item` together with this; at once if this has ended already. */
  protected register<T extends Ending>(item: T): T {
    if (this.#isDisposed) item.dispose();
    else this.#owned.push(item);
    return item;
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    for (const item of this.#owned.reverse()) item.dispose();
    this.#owned.length = 0;
  }
}
