/**
 * @file Looks at the model again and again while it trains, for no more of the time than was
 * agreed: the numbers of lenses and hovers. It looks between two steps and changes nothing.
 */
import { describePoints } from '../inspection/describe';
import { look } from '../inspection/look';
import type { Look, Watch } from '../protocol/inspectionApi';
import type { ActiveRun } from './activeRun';
import { lookedWindows } from './dataset';
import { subjectOf } from './lookedRun';
import type { PacedLooks } from './pacedLooks';
import type { Session } from './session';

/** No more than one look in so many milliseconds: nobody reads faster. */
const interval = 500;
/** Every so many looks has gradients, which cost a backward pass. */
const gradientsEvery = 4;

export class Watcher {
  readonly #session: Session;
  readonly #looks: PacedLooks;
  readonly #tell: (look: Look) => void;
  #watch: Watch = { points: [] };
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What was seen last; undefined where the next look is due at once. */
  #seen:
    { readonly run: ActiveRun; readonly step: number; readonly gradients: boolean } | undefined;
  #count = 0;
  /** Ends the look that waits for its time. */
  #waiting: AbortController | undefined;

  constructor(session: Session, looks: PacedLooks, tell: (look: Look) => void) {
    this.#session = session;
    this.#looks = looks;
    this.#tell = tell;
  }

  /** Replaces what was watched, and looks at once. */
  watch(watch: Watch): void {
    this.#watch = watch;
    this.#seen = undefined;
    this.#waiting?.abort();
    this.#lookAfter(0);
  }

  /** The state changed: what rests is looked at now, what trains when it is time. */
  lookSoon(): void {
    if (this.#waiting === undefined && this.#session.state.phase !== 'training') this.#lookAfter(0);
  }

  #lookAfter(pause: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), pause);
  }

  async #look(): Promise<void> {
    if (this.#watch.points.length === 0) return;
    const waiting = new AbortController();
    this.#waiting = waiting;
    try {
      await this.#lookOnce(waiting.signal);
    } catch (error) {
      if (!waiting.signal.aborted) {
        // What cannot be looked at once cannot be a moment later either, and the run goes on.
        this.#watch = { points: [] };
        if (this.#session.isSound) this.#session.report(error);
      }
    }
    // Where something else is watched by now, its own look is under way.
    if (this.#waiting !== waiting) return;
    this.#waiting = undefined;
    this.#lookAfter(this.#seen === undefined ? 0 : interval);
  }

  async #lookOnce(signal: AbortSignal): Promise<void> {
    const { run, state } = this.#session;
    if (run === undefined || !this.#session.isSound || state.phase === 'loading') return;
    if (this.#knows(run)) return;
    const atOnce = this.#seen === undefined;
    await this.#looks.look('Looking', (current) => this.#see(current), { signal, atOnce });
  }

  async #see(run: ActiveRun): Promise<void> {
    const watch = this.#watch;
    const withGradients = this.#rests || this.#count % gradientsEvery === 0;
    this.#count += 1;
    const { trainer, config, step } = run;
    const known = describePoints(trainer.model, trainer.config, 1, 1).map(({ path }) => path);
    const points = await look(subjectOf(run), {
      input: lookedWindows(run.dataset, config),
      paths: watch.points.filter((path) => known.includes(path)),
      withGradients,
    });
    if (watch === this.#watch) this.#seen = { run, step, gradients: withGradients };
    this.#tell({ runId: run.runId, step, points });
  }

  get #rests(): boolean {
    return this.#session.state.phase !== 'training';
  }

  /** Whether all there is to see has been seen: nothing changes while a run rests. */
  #knows(run: ActiveRun): boolean {
    const seen = this.#seen;
    if (seen?.run !== run || seen.step !== run.step) return false;
    return seen.gradients || !this.#rests;
  }
}
