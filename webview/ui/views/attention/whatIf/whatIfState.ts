/**
 * @file What the user has changed in the model for the page, and what became of it. The run knows
 * nothing of it.
 */
import { batch, computed, signal, type ReadonlySignal } from '@preact/signals';
import type { ModelDescription } from '../../../../protocol/inspectionApi';
import type { WhatIfRequest, WhatIfResult } from '../../../../protocol/whatIf';
import type { AttentionHost, ShownText } from '../deeper/asking';
import { keepAnswered, Question } from '../deeper/question';
import type { Deed, NamedChange } from './changes';

/** How a text is continued: as it is likeliest, so that a difference comes from the changes. */
const sample = { tokens: 40, temperature: 0, seed: 1 } as const;

export interface AskedWhatIf {
  readonly changes: readonly NamedChange[];
  readonly ids: Int32Array;
}

export class WhatIfState {
  /** In force together. */
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

  constructor(text: ShownText, host: AttentionHost) {
    this.points = new Question((_runId: string, signal) =>
      host.request('describe', null, { signal }),
    );
    this.question = new Question(({ changes, ids }: AskedWhatIf, signal) => {
      const of = { from: 'tokens', ids } as const;
      const params: WhatIfRequest = { of, changes: changes.map(({ change }) => change), sample };
      return host.request('whatIf', params, { signal });
    });
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
      const changes = this.changes.value;
      return ids === undefined || changes.length === 0 ? undefined : { ids, changes };
    });
    keepAnswered(this.question, { ...text, wanted });
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
