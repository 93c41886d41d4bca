/**
 * @file Asks for pictures one at a time: what is asked for while one is on its way waits, and only
 * the last of it is asked. Knows no endpoint.
 */

export interface LatestAskerOptions<Wanted, Answer> {
  readonly ask: (wanted: Wanted, signal: AbortSignal) => Promise<Answer>;
  readonly onAnswer: (answer: Answer, wanted: Wanted) => void;
  /** Not called for what was given up. */
  readonly onFailure: (error: unknown, wanted: Wanted) => void;
  /** Nothing is on its way and nothing waits. */
  readonly onIdle: () => void;
}

interface Going {
  readonly cancel: AbortController;
}

export class LatestAsker<Wanted, Answer> {
  readonly #options: LatestAskerOptions<Wanted, Answer>;
  #going: Going | undefined;
  #next: { wanted: Wanted } | undefined;

  constructor(options: LatestAskerOptions<Wanted, Answer>) {
    this.#options = options;
  }

  get isBusy(): boolean {
    return this.#going !== undefined;
  }

  /** Asks for this, in place of what was asked before and is not answered. */
  ask(wanted: Wanted): void {
    this.#next = { wanted };
    if (this.#going === undefined) void this.#go();
    else this.#going.cancel.abort();
  }

  /** Gives up what is on its way. */
  cancel(): void {
    this.#next = undefined;
    this.#going?.cancel.abort();
  }

  /** Never rejects. */
  async #go(): Promise<void> {
    for (let next = this.#next; next !== undefined; next = this.#next) {
      this.#next = undefined;
      const cancel = new AbortController();
      this.#going = { cancel };
      const { wanted } = next;
      try {
        const answer = await this.#options.ask(wanted, cancel.signal);
        if (!cancel.signal.aborted) this.#options.onAnswer(answer, wanted);
      } catch (error) {
        if (!cancel.signal.aborted) this.#options.onFailure(error, wanted);
      }
    }
    this.#going = undefined;
    this.#options.onIdle();
  }
}
