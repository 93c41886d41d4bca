/** @file The circuits of the head that is open: asked once the user has switched them on. */
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { Circuit } from '../../../../protocol/circuit';
import type { Cell } from '../../../heatmap/weights';
import type { AttentionHost, ShownText } from '../deeper/asking';
import { keepAnswered, Question } from '../deeper/question';
import type { OpenHead } from '../shownMaps';
import type { CircuitKind } from './circuitReading';

export interface AskedCircuit {
  readonly path: string;
  readonly head: number;
}

export class CircuitState {
  readonly isOn = signal(false);
  /** The cell that is read in each picture. */
  readonly cells = {
    queryKey: signal<Cell | undefined>(undefined),
    outputValue: signal<Cell | undefined>(undefined),
  } satisfies Readonly<Record<CircuitKind, unknown>>;
  readonly question: Question<AskedCircuit, Circuit>;

  constructor(text: ShownText, host: AttentionHost, current: ReadonlySignal<OpenHead | undefined>) {
    this.question = new Question((asked: AskedCircuit, signal) =>
      host.request('circuit', asked, { signal }),
    );
    const wanted = computed<AskedCircuit | undefined>(() => {
      const open = current.value;
      const isThere = this.isOn.value && text.runId.value !== undefined;
      if (!isThere || open === undefined || typeof open.head !== 'number') return undefined;
      return { path: open.path, head: open.head };
    });
    keepAnswered(this.question, { ...text, wanted });
  }

  /** Switches them on, or looks again with the newest weights. */
  readonly look = (): void => {
    if (this.isOn.peek()) void this.question.askAgain();
    else this.isOn.value = true;
  };
}
