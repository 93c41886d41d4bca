/**
 * @file Keeps what each head does up to date beside the pictures: seldom while the model trains, at
 * once where it stands. What silencing costs takes a pass for each head, so that it is measured
 * where the model stands, or when the user asks.
 */
import { failureOf } from '../../../config/errors';
import type { HeadRolesFound, HeadRolesRequest } from '../../../protocol/attentionMaps';
import { isPlaygroundError } from '../../../protocol/errors';
import type { AttentionState } from './attentionState';

/** Milliseconds from one scoring to the next while the model trains. */
const scoreEvery = 5000;

/** Heads that are silenced without being asked to be. */
const mostSilenced = 48;

export class RolesKeeper {
  readonly #state: AttentionState;
  readonly #ask: (params: HeadRolesRequest, signal: AbortSignal) => Promise<HeadRolesFound>;
  #going: AbortController | undefined;
  #last = -Infinity;

  constructor(
    state: AttentionState,
    ask: (params: HeadRolesRequest, signal: AbortSignal) => Promise<HeadRolesFound>,
  ) {
    this.#state = state;
    this.#ask = ask;
  }

  /** A picture of a step was drawn. */
  lookAt(step: number): void {
    const { roles, silencing, maps, view } = this.#state;
    if (this.#going !== undefined) return;
    const isStanding = view.peek()?.phase !== 'training';
    const heads = (maps.peek()?.modules ?? []).reduce((sum, module) => sum + module.heads, 0);
    if (heads === 0) return;
    if (!isStanding) {
      if (performance.now() - this.#last > scoreEvery) void this.#score(false, true);
      return;
    }
    const canSilence = heads <= mostSilenced;
    if (canSilence && silencing.peek()?.step !== step) void this.#score(true, false);
    else if (roles.peek()?.step !== step) void this.#score(false, false);
  }

  /** Measures what it costs to silence each head, now. */
  silence(): void {
    this.#going?.abort();
    void this.#score(true, false);
  }

  /** Never rejects. */
  async #score(silence: boolean, live: boolean): Promise<void> {
    const going = new AbortController();
    const { roles, silencing, isScoring, problem } = this.#state;
    this.#going = going;
    isScoring.value = silence;
    try {
      const found = await this.#ask({ silence, live }, going.signal);
      if (going.signal.aborted) return;
      roles.value = found;
      if (silence) silencing.value = found;
    } catch (error) {
      const isOver = going.signal.aborted || isPlaygroundError(error, 'cancelled');
      // Without the scores the pictures are there all the same: said where they were asked for.
      if (!isOver && !live) problem.value = failureOf(error);
    } finally {
      if (this.#going === going) {
        this.#going = undefined;
        this.#last = performance.now();
        isScoring.value = false;
      }
    }
  }
}
