/**
 * @file One thing asked of the engine at a time, with what became of it. A newer question ends the
 * one before. Knows no endpoint.
 */
import { batch, computed, effect, signal, untracked, type ReadonlySignal } from '@preact/signals';
import { failureOf, type Failure } from '../../../../config/errors';
import { isOver } from '../../../state/isOver';

/** An answer with what it answers. */
export interface Answered<Asked, Answer> {
  readonly asked: Asked;
  readonly answer: Answer;
}

export class Question<Asked, Answer> {
  readonly #ask: (asked: Asked, signal: AbortSignal) => Promise<Answer>;
  readonly #shown = signal<Answered<Asked, Answer> | undefined>(undefined);
  readonly #failure = signal<Failure | undefined>(undefined);
  readonly #going = signal<AbortController | undefined>(undefined);
  /** What was asked last, whatever became of it. */
  #last: { readonly asked: Asked } | undefined;

  constructor(ask: (asked: Asked, signal: AbortSignal) => Promise<Answer>) {
    this.#ask = ask;
  }

  /** The last answer; it stays while the next is on its way, and goes with a failure. */
  get shown(): ReadonlySignal<Answered<Asked, Answer> | undefined> {
    return this.#shown;
  }

  get failure(): ReadonlySignal<Failure | undefined> {
    return this.#failure;
  }

  readonly isAsking: ReadonlySignal<boolean> = computed(() => this.#going.value !== undefined);

  /** Never rejects. */
  async ask(asked: Asked): Promise<void> {
    this.#going.peek()?.abort();
    this.#last = { asked };
    const going = new AbortController();
    this.#going.value = going;
    try {
      const answer = await this.#ask(asked, going.signal);
      if (!going.signal.aborted) this.#end({ asked, answer }, undefined);
    } catch (error) {
      if (going.signal.aborted) return;
      this.#end(undefined, isOver(error) ? undefined : failureOf(error));
    }
  }

  /** Asks the last question anew, answered or failed; nothing where there is none. */
  async askAgain(): Promise<void> {
    if (this.#last !== undefined) await this.ask(this.#last.asked);
  }

  /** Nothing is asked, nothing is shown. */
  clear(): void {
    this.#going.peek()?.abort();
    this.#last = undefined;
    this.#end(undefined, undefined);
  }

  #end(shown: Answered<Asked, Answer> | undefined, failure: Failure | undefined): void {
    batch(() => {
      this.#going.value = undefined;
      this.#shown.value = shown;
      this.#failure.value = failure;
    });
  }
}

/** What decides whether an answer is still the one that is wanted. */
export interface Keeping<Asked> {
  /** The same object as long as the same is wanted; undefined for nothing. */
  readonly wanted: ReadonlySignal<Asked | undefined>;
  /** The step at which the model stands; undefined while it trains, and answers grow old. */
  readonly standing: ReadonlySignal<number | undefined>;
  readonly visible: ReadonlySignal<boolean>;
}

/**
 * Asks whenever something else is wanted, or of newer weights where the model stands still: those
 * may answer what failed before.
 */
export function keepAnswered<Asked, Answer extends { readonly step: number }>(
  question: Question<Asked, Answer>,
  { wanted, standing, visible }: Keeping<Asked>,
): void {
  let last: Asked | undefined;
  /** The step at which the model stood then. */
  let lastStep: number | undefined;
  effect(() => {
    const asked = wanted.value;
    const step = standing.value;
    if (!visible.value) return;
    untracked(() => {
      const answered = question.shown.peek()?.answer.step;
      const isOld = step !== undefined && (answered ?? lastStep) !== step;
      if (asked === last && (asked === undefined || !isOld)) return;
      last = asked;
      lastStep = step;
      if (asked === undefined) question.clear();
      else void question.ask(asked);
    });
  });
}
