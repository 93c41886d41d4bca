/** @file The logit lens over the text on the page: asked once the user has switched it on. */
import { computed, signal } from '@preact/signals';
import type { LogitLens } from '../../../../protocol/logitLens';
import type { AttentionHost, ShownText } from '../deeper/asking';
import { keepAnswered, Question } from '../deeper/question';
import type { LensPlace } from './lensReading';

/** Likeliest tokens that are told of each cell. */
const top = 5;

/** Tokens that are shown at once: of a long text more would be slow, and not be read. */
export const shownTokens = 64;

export class LensState {
  readonly isOn = signal(false);
  /** The cell that the keyboard or a click has gone to. */
  readonly kept = signal<LensPlace | undefined>(undefined);
  readonly pointed = signal<LensPlace | undefined>(undefined);
  /** The first token that is shown. */
  readonly from = signal(0);
  readonly question: Question<Int32Array, LogitLens>;

  constructor(text: ShownText, host: AttentionHost) {
    this.question = new Question((ids: Int32Array, signal) =>
      host.request('logitLens', { of: { from: 'tokens', ids }, top }, { signal }),
    );
    const wanted = computed(() => (this.isOn.value ? text.ids.value : undefined));
    wanted.subscribe(() => {
      this.kept.value = undefined;
      this.pointed.value = undefined;
      this.from.value = 0;
    });
    keepAnswered(this.question, { ...text, wanted });
  }

  /** Switches it on, or looks again with the newest weights. */
  readonly look = (): void => {
    if (this.isOn.peek()) void this.question.askAgain();
    else this.isOn.value = true;
  };
}
