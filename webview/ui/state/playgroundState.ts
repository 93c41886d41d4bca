/**
 * @file What the playground page knows: signals that change with what the host and the engine say.
 * It speaks to neither: see `connection.ts`.
 */
import { batch, computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { formatCount } from '../../config/counts';
import type { Failure } from '../../config/errors';
import type {
  EngineState,
  Generated,
  GenerateResult,
  Notice,
  RunFacts,
  StartRun,
} from '../../protocol/engineApi';
import type { MetricPoint } from '../../formats/metrics';
import type { PlaygroundView } from '../../protocol/playgroundApi';
import type { SelectedView } from '../../protocol/selectedView';
import { formatMeasure } from '../format';
import { MetricHistory } from './metricHistory';
import { throttle } from './throttle';

/** Milliseconds between two looks at steps that come faster than anybody reads. */
const showEvery = 100;

/** What became of the last prompt. */
export type Generation =
  | { readonly phase: 'none' }
  | {
      readonly phase: 'writing';
      readonly id: string;
      readonly prompt: string;
      readonly text: string;
    }
  | {
      readonly phase: 'done';
      readonly prompt: string;
      readonly text: string;
      readonly result: GenerateResult;
    }
  | {
      readonly phase: 'failed' | 'stopped';
      readonly prompt: string;
      readonly text: string;
      readonly failure?: Failure;
    };

/** How what is selected comes before the user: into sight, or to the keyboard as well. */
export type Reveal = 'sight' | 'focus';

/** A run by what it trains. */
export type KnownRun = Pick<RunFacts, 'runId' | 'config' | 'textName'>;

export class PlaygroundState {
  readonly view: Signal<PlaygroundView | undefined> = signal(undefined);
  readonly engine = signal<EngineState>({ phase: 'idle' });
  /** The run on the page: active, loaded, or of an earlier session. */
  readonly facts: Signal<RunFacts | undefined> = signal(undefined);
  /**
   * The run of `facts`, or one that was started since and has none: it is loading, or could not be
   * loaded.
   */
  readonly run: Signal<KnownRun | undefined> = signal(undefined);
  readonly history = new MetricHistory();
  readonly notices: Signal<readonly Notice[]> = signal([]);
  readonly generation: Signal<Generation> = signal({ phase: 'none' });
  /** What the user asked for and did not get. */
  readonly problem: Signal<Failure | undefined> = signal(undefined);
  /**
   * The host has sent a view since the engine failed: what it holds of runs to resume is what is
   * left.
   */
  readonly isLookedUp = signal(false);
  /** The user knows that the source shows no shapes and numbers. */
  readonly knowsHiddenAnnotations = signal(false);
  /** The place that is selected, here or in another view. */
  readonly selected: Signal<SelectedView | undefined> = signal(undefined);
  /** The user wants to see it; taken back when it is done. */
  readonly reveal: Signal<Reveal | undefined> = signal(undefined);
  readonly visible = signal(true);
  /** A sentence for screen readers. */
  readonly announcement = signal('');

  #newest: EngineState = { phase: 'idle' };
  readonly #show = throttle(showEvery, () => {
    this.engine.value = this.#newest;
  });

  /** A run is loading, training or paused: its configuration stands. */
  readonly isActive: ReadonlySignal<boolean> = computed(() =>
    ['loading', 'training', 'paused'].includes(this.engine.value.phase),
  );

  /** Of the user's text that the active run learns from, or that the next one on a text will. */
  readonly textName: ReadonlySignal<string | undefined> = computed(() =>
    this.isActive.value ? this.run.value?.textName : this.view.value?.textName,
  );

  /**
   * The run on the page is in the engine of another window: what it has written so far is shown,
   * and nothing of the run that was in the engine here last.
   */
  readonly isWatching: ReadonlySignal<boolean> = computed(
    () => !this.isActive.value && this.view.value?.watching === true,
  );

  /** The model of the run on the page is there to write with. */
  readonly canGenerate: ReadonlySignal<boolean> = computed(() => {
    const state = this.engine.value;
    if (this.isWatching.value) return false;
    return (
      state.phase === 'training' ||
      state.phase === 'paused' ||
      (state.phase === 'idle' && state.last !== undefined && state.last.unloaded !== true)
    );
  });

  /** From the host: in answer to `hello`, and on every change. */
  applyView(view: PlaygroundView): void {
    batch(() => {
      const wasWatching = this.isWatching.value;
      this.view.value = view;
      this.isLookedUp.value = true;
      const { history } = view;
      if (this.isActive.value) return;
      if (history === undefined) {
        if (wasWatching && !view.watching) this.#clearRun();
        return;
      }
      if (this.facts.value?.runId === history.facts.runId) {
        // A run that another window trains grows; one of this page's is known here first.
        const known = this.history.points.value.length;
        if (history.metrics.length <= known) return;
      }
      this.facts.value = history.facts;
      this.run.value = history.facts;
      this.history.reset(history.metrics, history.samples, history.gained);
    });
  }

  /**
   * The host hands a run to the engine, which may have to start for it: it is loading from now on.
   * Call what is returned once the engine has answered: where it never said a word of the run, all
   * is as it was before.
   */
  applyStart({ runId, config, text }: StartRun): () => void {
    this.run.value = { runId, config, ...(text === undefined ? {} : { textName: text.name }) };
    const before = this.#newest;
    if (this.isActive.value) return () => undefined;
    const starting: EngineState = { phase: 'loading', runId, activity: 'Starting' };
    this.applyEngine(starting);
    return () => {
      if (this.#newest === starting) this.applyEngine(before);
    };
  }

  /** A run was loaded, new or continued. */
  applyFacts(facts: RunFacts): void {
    batch(() => {
      const earlier = this.view.value?.history;
      if (this.facts.value?.runId !== facts.runId) {
        if (earlier?.facts.runId === facts.runId) {
          this.history.reset(earlier.metrics, earlier.samples, earlier.gained);
        } else {
          this.history.reset();
        }
        this.generation.value = { phase: 'none' };
      }
      this.history.rewind(facts.step);
      this.facts.value = facts;
      this.run.value = facts;
      this.notices.value = facts.notices;
      this.problem.value = undefined;
    });
  }

  /** A new phase shows at once, the steps of one a few times a second. */
  applyEngine(state: EngineState): void {
    this.#newest = state;
    if (state.phase === 'training' && this.engine.value.phase === 'training') {
      this.#show.request();
      return;
    }
    this.#show.cancel();
    const shown = this.engine.value;
    const isStep = state.phase === 'paused' && shown.phase === 'paused' && state.step > shown.step;
    const isNew = isStep || state.phase !== shown.phase;
    batch(() => {
      this.engine.value = state;
      if (state.phase === 'failed') this.isLookedUp.value = false;
      if (state.phase === 'loading' && this.facts.value?.runId !== state.runId) this.#clear();
      if (isNew) this.announcement.value = announce(state);
    });
  }

  applyMetrics(points: readonly MetricPoint[]): void {
    this.history.append(points);
    const evaluated = points.findLast((point) => point.validationLoss !== undefined);
    if (evaluated !== undefined) {
      this.announcement.value = `Step ${formatCount(evaluated.step)}: validation loss ${formatMeasure(evaluated.validationLoss)}`;
    }
  }

  /** A notice replaces the earlier one of its kind. */
  applyNotice(notice: Notice): void {
    const others = this.notices.value.filter(({ code }) => code !== notice.code);
    this.notices.value = [...others, notice];
  }

  dismissNotice(code: string): void {
    this.notices.value = this.notices.value.filter((notice) => notice.code !== code);
  }

  applyGenerated({ id, begins, text }: Generated): void {
    const current = this.generation.value;
    if (current.phase !== 'writing' || current.id !== id) return;
    const prompt = begins?.prompt ?? current.prompt;
    this.generation.value = { ...current, prompt, text: current.text + text };
  }

  /** Another run takes the page: nothing of the one before is to be taken for its own. */
  #clear(): void {
    this.#clearRun();
    this.notices.value = [];
    this.generation.value = { phase: 'none' };
  }

  #clearRun(): void {
    this.facts.value = undefined;
    this.history.reset();
  }

  /** The engine is gone: what it was doing ends here. */
  applyLoss(failure: Failure): EngineState {
    const state = this.#newest;
    const failed: EngineState = {
      phase: 'failed',
      failure,
      ...('runId' in state ? { runId: state.runId } : {}),
      ...('step' in state ? { step: state.step } : {}),
    };
    this.applyEngine(failed);
    return failed;
  }
}

function announce(state: EngineState): string {
  switch (state.phase) {
    case 'idle':
      return state.last === undefined
        ? ''
        : `Training ${state.last.outcome} at step ${formatCount(state.last.step)}`;
    case 'loading':
      return state.activity;
    case 'training':
      return `Training from step ${formatCount(state.step)} of ${formatCount(state.steps)}`;
    case 'paused':
      return `Paused at step ${formatCount(state.step)} of ${formatCount(state.steps)}`;
    case 'failed':
      // The failure's own banner is an alert.
      return '';
    default:
      return state satisfies never;
  }
}
