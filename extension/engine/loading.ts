/**
 * @file A run on its way into the engine, which takes several questions and answers: can be stopped
 * between any two.
 */

export class Loading {
  readonly name: string;
  private readonly abort = new AbortController();
  private settled: Promise<unknown> = Promise.resolve();

  /** `name` is the run's. */
  constructor(name: string) {
    this.name = name;
  }

  /** Settles as `load` does, which looks at the signal where it can stop. Call once. */
  async run(load: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const loaded = load(this.abort.signal);
    this.settled = Promise.allSettled([loaded]);
    await loaded;
  }

  /** Resolves when nothing of it goes on. Never rejects. */
  async stop(): Promise<void> {
    this.abort.abort();
    await this.settled;
  }
}
