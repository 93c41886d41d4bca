/** @file One at a time: a step must not begin while a snapshot reads the weights. */

export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs `work` when everything taken before it has ended, however that ended. */
  take<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.#last.then(work, work);
    this.#last = turn;
    return turn;
  }
}
