/** @file The engine's state, and waiting for the next one. Must not know what moves it. */
import type { EngineState } from '../protocol/engineApi';

export class EngineStates {
  readonly #announce: (state: EngineState) => void;
  #current: EngineState = { phase: 'idle' };
  #waiting: ((state: EngineState) => void)[] = [];

  /** `announce` hears of every state. */
  constructor(announce: (state: EngineState) => void) {
    this.#announce = announce;
  }

  get current(): EngineState {
    return this.#current;
  }

  become(state: EngineState): void {
    this.#current = state;
    this.#announce(state);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve(state);
  }

  /** The state that comes next, whichever it is. */
  next(): Promise<EngineState> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  /** Resolves when training has ended or paused, or nobody wants to wait any more. */
  async notTraining(isWanted: () => boolean): Promise<void> {
    let state = this.#current;
    while (state.phase === 'training' && isWanted()) state = await this.next();
  }
}
