/**
 * @file The moments of the run: which there are, which is shown, and playing them one after the
 * other. What is shown of a moment is asked for when the user goes to it.
 */
import { batch, computed, effect, signal, untracked, type ReadonlySignal } from '@preact/signals';
import { failureOf, type Failure } from '../../../../config/errors';
import { isPlaygroundError } from '../../../../protocol/errors';
import type { Moment, Moments, MomentSummary, RoleGained } from '../../../../protocol/moments';
import type { Cell } from '../../../heatmap/weights';
import { isOver } from '../../../state/isOver';
import type { OpenHead } from '../shownMaps';
import type { AttentionHost } from '../deeper/asking';
import { MomentCache } from './momentCache';

/** Milliseconds from one moment to the next while they play, also for those who want no motion. */
const playPause = 300;
const calmPause = 1500;

export interface TimeOptions {
  readonly host: AttentionHost;
  /** Of the run in the engine. */
  readonly runId: ReadonlySignal<string | undefined>;
  readonly visible: ReadonlySignal<boolean>;
}

export class TimeState {
  readonly #host: AttentionHost;
  readonly #runId: ReadonlySignal<string | undefined>;
  readonly #cache = new MomentCache();
  /** The play that goes on, told by what it is from one that was paused and still waits. */
  readonly #play = signal<symbol | undefined>(undefined);
  /** What is on its way; another that is gone to ends it. */
  #going = new AbortController();
  /** Ascending by step. */
  readonly kept = signal<readonly MomentSummary[]>([]);
  readonly gained = signal<readonly RoleGained[]>([]);
  readonly moment = signal<Moment | undefined>(undefined);
  readonly isLoading = signal(false);
  readonly isPlaying: ReadonlySignal<boolean> = computed(() => this.#play.value !== undefined);
  readonly failure = signal<Failure | undefined>(undefined);
  /** The step that the user has gone to, shown or on its way. */
  readonly chosen = signal<number | undefined>(undefined);
  /** Whose pattern is large; the one of the page's own large picture without it. */
  readonly head = signal<OpenHead | undefined>(undefined);
  readonly cell = signal<Cell | undefined>(undefined);

  constructor({ host, runId, visible }: TimeOptions) {
    this.#host = host;
    this.#runId = runId;
    let run: string | undefined;
    effect(() => {
      const current = runId.value;
      const isSeen = visible.value;
      untracked(() => {
        if (current !== undefined && current !== run) {
          run = current;
          this.#clear();
        }
        // What was kept while nobody saw the page.
        if (current !== undefined && isSeen) void this.#refresh();
        if (!isSeen) this.#pause();
      });
    });
    host.on('moment', (summary) => {
      if (summary.runId === runId.peek()) this.#add(summary);
    });
  }

  /** Place of the moment that is shown among the kept ones; the last where none is. */
  readonly index: ReadonlySignal<number> = computed(() => {
    const last = this.kept.value.length - 1;
    const step = this.chosen.value;
    if (step === undefined) return last;
    const at = this.kept.value.findIndex((summary) => summary.step >= step);
    return at < 0 ? last : at;
  });

  /** Goes to a moment by its place, and stops playing. */
  async goTo(index: number): Promise<void> {
    this.#pause();
    await this.#show(index);
  }

  /** Plays on from the moment that is shown, from the first one at the end; or pauses. */
  readonly play = async (): Promise<void> => {
    if (this.isPlaying.peek()) {
      this.#pause();
      return;
    }
    const isAtEnd = this.index.peek() >= this.kept.peek().length - 1;
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const play = Symbol('play');
    this.#play.value = play;
    for (let at = isAtEnd ? 0 : this.index.peek() + 1; at < this.kept.peek().length; at += 1) {
      await Promise.all([this.#show(at), pause(isCalm ? calmPause : playPause)]);
      if (this.#play.peek() !== play) return;
    }
    this.#pause();
  };

  #pause(): void {
    this.#play.value = undefined;
  }

  async #show(index: number): Promise<void> {
    const step = this.kept.peek()[index]?.step;
    if (step === undefined) return;
    this.chosen.value = step;
    const known = this.#cache.get(step);
    if (known !== undefined) {
      this.#going.abort();
      this.#become(known);
      return;
    }
    this.#going.abort();
    this.#going = new AbortController();
    const { signal } = this.#going;
    this.isLoading.value = true;
    try {
      const moment = await this.#host.request('moment', { step }, { signal });
      // Another run has come meanwhile.
      if (signal.aborted || moment.runId !== this.#runId.peek()) return;
      this.#cache.add(moment);
      this.#become(moment);
    } catch (error) {
      if (!signal.aborted) await this.#failed(error);
    }
  }

  #become(moment: Moment): void {
    batch(() => {
      this.moment.value = moment;
      this.isLoading.value = false;
      this.failure.value = undefined;
    });
  }

  async #failed(error: unknown): Promise<void> {
    this.isLoading.value = false;
    this.#pause();
    // Where moments are many, some go: the list is out of date.
    if (isPlaygroundError(error, 'moment-not-kept')) await this.#refresh();
    if (!isOver(error)) this.failure.value = failureOf(error);
  }

  async #refresh(): Promise<void> {
    try {
      this.#take(await this.#host.request('moments', null));
    } catch (error) {
      // Before its first evaluation a run has none: the page says so.
      const isEarly = isPlaygroundError(error, 'no-run') || isPlaygroundError(error, 'no-model');
      if (!isEarly && !isOver(error)) this.failure.value = failureOf(error);
    }
  }

  #take({ runId, kept, gained }: Moments): void {
    if (runId !== this.#runId.peek()) return;
    batch(() => {
      this.kept.value = kept;
      this.gained.value = gained;
    });
  }

  #add(summary: MomentSummary): void {
    // A run that goes on from an earlier step comes to the same ones again.
    const isEarlier = ({ step }: { readonly step: number }): boolean => step < summary.step;
    batch(() => {
      this.kept.value = [...this.kept.peek().filter(isEarlier), summary];
      this.gained.value = [...this.gained.peek().filter(isEarlier), ...summary.gained];
    });
  }

  #clear(): void {
    this.#going.abort();
    this.#cache.clear();
    batch(() => {
      this.kept.value = [];
      this.gained.value = [];
      this.moment.value = undefined;
      this.chosen.value = undefined;
      this.failure.value = undefined;
      this.#pause();
      this.isLoading.value = false;
      this.head.value = undefined;
      this.cell.value = undefined;
    });
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
