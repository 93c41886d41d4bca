/** @file Time that counts only while it runs. */

export class Stopwatch {
  #before: number;
  /** When it was started; undefined while it stands. */
  #since: number | undefined;

  /** Stands at so many milliseconds. */
  constructor(before: number) {
    this.#before = before;
  }

  /** Milliseconds so far. */
  get elapsed(): number {
    return this.#before + (this.#since === undefined ? 0 : performance.now() - this.#since);
  }

  start(): void {
    this.#since ??= performance.now();
  }

  stop(): void {
    this.#before = this.elapsed;
    this.#since = undefined;
  }
}
