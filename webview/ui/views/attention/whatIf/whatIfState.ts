/**
 * @file What the user has changed in the model for the page, and what became of it. The run knows
 * nothing of it.
 */
import { batch, computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import type { ModelDescription } from '../../../../protocol/inspectionApi';
import type { TokenizedText } from '../../../../protocol/writing';
import type { WhatIfRequest, WhatIfResult } from '../../../../protocol/whatIf';
import type { AttentionHost, ShownText } from '../deeper/asking';
import { keepAnswered, Question } from '../deeper/question';
import { misfitOf, obstacleTo, type Deed, type NamedChange, type TextSize } from './changes';

/** How a text is continued: as it is likeliest, so that a difference comes from the changes. */
const sample = { tokens: 40, temperature: 0, seed: 1 } as const;

/** Milliseconds after the last key before a text is cut into tokens. */
const typingPause = 200;

export interface AskedWhatIf {
  readonly changes: readonly NamedChange[];
  readonly ids: Int32Array;
}

export class WhatIfState {
  /** What the user wants changed, all together. */
  readonly changes = signal<readonly NamedChange[]>([]);
  readonly #past = signal<readonly (readonly NamedChange[])[]>([]);
  /** Key of the part that the form names; its first one where there is none of that key. */
  readonly part = signal('');
  readonly deed = signal<Deed>('zero');
  readonly patchText = signal('');
  /** Only at the token that is marked. */
  readonly atToken = signal(false);
  readonly points: Question<string, ModelDescription>;
  readonly question: Question<AskedWhatIf, WhatIfResult>;
  /** Tokens of the text to patch from. */
  readonly patchTokens: Question<string, TokenizedText>;
  /** Windows of the batch in training, and tokens that the model sees at once. */
  readonly size: ReadonlySignal<{ readonly batch?: number; readonly position?: number }>;
  /** The text on the page; undefined while there is none. */
  readonly shown: ReadonlySignal<TextSize | undefined>;
  /** Those that can be on the text that is shown. */
  readonly inForce: ReadonlySignal<readonly NamedChange[]>;

  constructor(text: ShownText, host: AttentionHost) {
    this.points = new Question((_runId: string, signal) =>
      host.request('describe', null, { signal }),
    );
    this.question = new Question(({ changes, ids }: AskedWhatIf, signal) => {
      const of = { from: 'tokens', ids } as const;
      const params: WhatIfRequest = { of, changes: changes.map(({ change }) => change), sample };
      return host.request('whatIf', params, { signal });
    });
    this.patchTokens = new Question((of: string, signal) =>
      host.request('tokenize', { text: of }, { signal }),
    );
    this.size = computed(() => {
      const known = this.points.shown.value;
      return known === undefined || known.asked !== text.runId.value ? {} : sizeIn(known.answer);
    });
    this.shown = computed(() => {
      const tokens = text.ids.value?.length;
      return tokens === undefined ? undefined : { tokens, context: this.size.value.position };
    });
    this.inForce = computed(() =>
      this.changes.value.filter((change) => this.obstacleTo(change) === undefined),
    );
    let run: string | undefined;
    text.runId.subscribe((runId) => {
      if (runId === run) return;
      run = runId;
      // Parts of another model are not those of this one.
      batch(() => {
        this.changes.value = [];
        this.#past.value = [];
      });
      if (runId !== undefined) void this.points.ask(runId);
    });
    const wanted = computed<AskedWhatIf | undefined>(() => {
      const ids = text.ids.value;
      const changes = this.inForce.value;
      return ids === undefined || changes.length === 0 ? undefined : { ids, changes };
    });
    keepAnswered(this.question, { ...text, wanted });
    this.#keepTokens(text);
  }

  /** Why a change is not in force; undefined where it is. */
  obstacleTo(change: NamedChange): string | undefined {
    const shown = this.shown.value;
    return shown && obstacleTo(change, shown);
  }

  /** Why the text to patch from cannot be used, as far as it is known. */
  readonly patchError: ReadonlySignal<string | undefined> = computed(() => {
    if (this.patchText.value === '') return undefined;
    const failure = this.patchTokens.failure.value;
    if (failure !== undefined) return `${failure.message} ${failure.remedy}`;
    const tokens = this.patchTokens.shown.value?.answer.tokens.length;
    const shown = this.shown.value;
    return tokens === undefined || shown === undefined ? undefined : misfitOf(tokens, shown);
  });

  /** Of the text to patch from as it is now; undefined until it is known. */
  readonly patchLength: ReadonlySignal<number | undefined> = computed(() => {
    const known = this.patchTokens.shown.value;
    return known?.asked === this.patchText.value ? known.answer.tokens.length : undefined;
  });

  /** The text to patch from is cut into tokens when the typing pauses. */
  #keepTokens({ runId }: ShownText): void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    effect(() => {
      const text = this.patchText.value;
      clearTimeout(timer);
      if (text === '' || this.deed.value !== 'patch' || runId.value === undefined) {
        this.patchTokens.clear();
        return;
      }
      timer = setTimeout(() => {
        void this.patchTokens.ask(text);
      }, typingPause);
    });
  }

  readonly canUndo: ReadonlySignal<boolean> = computed(() => this.#past.value.length > 0);

  /** Puts a change in force beside the others; one of the same name is there already. */
  add(change: NamedChange): void {
    if (this.changes.peek().some(({ name }) => name === change.name)) return;
    this.#become([...this.changes.peek(), change]);
  }

  remove(change: NamedChange): void {
    this.#become(this.changes.peek().filter((other) => other !== change));
  }

  readonly removeAll = (): void => {
    if (this.changes.peek().length > 0) this.#become([]);
  };

  /** Takes back what was added or removed last. */
  readonly undo = (): void => {
    const past = this.#past.peek();
    const last = past.at(-1);
    if (last === undefined) return;
    batch(() => {
      this.changes.value = last;
      this.#past.value = past.slice(0, -1);
    });
  };

  /** Of the newest weights, while the model trains. */
  readonly askAgain = (): void => {
    void this.question.askAgain();
  };

  #become(changes: readonly NamedChange[]): void {
    batch(() => {
      this.#past.value = [...this.#past.peek(), this.changes.peek()];
      this.changes.value = changes;
    });
  }
}

/** Read off the first value that has both axes. */
function sizeIn({ points }: ModelDescription): { batch?: number; position?: number } {
  for (const { axes, shape } of points) {
    const batch = shape[axes.indexOf('batch')];
    const position = shape[axes.indexOf('position')];
    if (batch !== undefined && position !== undefined) return { batch, position };
  }
  return {};
}
