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

/** How heads are scored. */
interface Scoring {
  readonly silence?: boolean;
  readonly live?: boolean;
  /** The user has asked for it. */
  readonly isWanted?: boolean;
}

export class RolesKeeper {
  readonly #state: AttentionState;
  readonly #ask: (params: HeadRolesRequest, signal: AbortSignal) => Promise<HeadRolesFound>;
  #going: AbortController | undefined;
  #last = -Infinity;
  /** The newest step whose picture was drawn while another was scored. */
  #missed: number | undefined;

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
    if (this.#going !== undefined) {
      this.#missed = step;
      return;
    }
    const isStanding = view.peek()?.phase !== 'training';
    const heads = (maps.peek()?.modules ?? []).reduce((sum, module) => sum + module.heads, 0);
    if (heads === 0) return;
    if (!isStanding) {
      if (performance.now() - this.#last > scoreEvery) void this.#score({ live: true });
      return;
    }
    const canSilence = heads <= mostSilenced;
    if (canSilence && silencing.peek()?.step !== step) void this.#score({ silence: true });
    else if (roles.peek()?.step !== step) void this.#score({});
  }

  /** Measures what it costs to silence each head, now. */
  silence(): void {
    this.#going?.abort();
    void this.#score({ silence: true, isWanted: true });
  }

  /** Never rejects. What the user wanted and did not get is told by the page, too. */
  async #score({ silence = false, live = false, isWanted = false }: Scoring): Promise<void> {
    const going = new AbortController();
    const { roles, silencing, isScoring, unscored, problem } = this.#state;
    this.#going = going;
    isScoring.value = silence;
    try {
      const found = await this.#ask({ silence, live }, going.signal);
      if (going.signal.aborted) return;
      roles.value = found;
      unscored.value = undefined;
      if (silence) silencing.value = found;
    } catch (error) {
      const isOver = going.signal.aborted || isPlaygroundError(error, 'cancelled');
      if (isOver) return;
      // Without the scores the pictures are there all the same.
      unscored.value = failureOf(error);
      if (isWanted) problem.value = failureOf(error);
    } finally {
      if (this.#going === going) {
        this.#going = undefined;
        this.#last = performance.now();
        isScoring.value = false;
        const missed = this.#missed;
        this.#missed = undefined;
        if (missed !== undefined) this.lookAt(missed);
      }
    }
  }
}
