/**
 * @file Looks at the model again and again while it trains, for no more of the time than was
 * agreed: the numbers of lenses and hovers. It looks between two steps and changes nothing.
 */
import { describePoints } from '../inspection/describe';
import { look } from '../inspection/look';
import type { Look, Watch } from '../protocol/inspectionApi';
import type { Subject } from '../training/probe';
import type { ActiveRun } from './activeRun';
import { lookedWindows } from './dataset';
import type { Session } from './session';

/** Looking takes at most this share of the time, */
const share = 0.02;
/** and no more than one look in so many milliseconds: nobody reads faster. */
const interval = 500;
/** Every so many looks has gradients, which cost a backward pass. */
const gradientsEvery = 4;

export class Watcher {
  readonly #session: Session;
  readonly #tell: (look: Look) => void;
  #watch: Watch = { points: [] };
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What was seen last; undefined where the next look is due at once. */
  #seen:
    { readonly run: ActiveRun; readonly step: number; readonly gradients: boolean } | undefined;
  #looks = 0;
  #isLooking = false;

  constructor(session: Session, tell: (look: Look) => void) {
    this.#session = session;
    this.#tell = tell;
  }

  /** Replaces what was watched, and looks at once. */
  watch(watch: Watch): void {
    this.#watch = watch;
    this.#seen = undefined;
    this.lookSoon();
  }

  /** Something happened, such as a pause: the next look is not waited for. */
  lookSoon(): void {
    if (this.#isLooking) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look());
  }

  async #look(): Promise<void> {
    if (this.#watch.points.length === 0) return;
    this.#isLooking = true;
    let cost = 0;
    try {
      cost = await this.#lookOnce();
    } catch (error) {
      // What cannot be looked at once cannot be a moment later either, and the run goes on.
      this.#watch = { points: [] };
      if (this.#session.isSound) this.#session.report(error);
    } finally {
      this.#isLooking = false;
    }
    const pause = this.#seen === undefined ? 0 : Math.max(interval, cost / share - cost);
    this.#timer = setTimeout(() => void this.#look(), pause);
  }

  /** Resolves with the milliseconds it took of the run's time. */
  async #lookOnce(): Promise<number> {
    const { run } = this.#session;
    const { state } = this.#session;
    if (run === undefined || !this.#session.isSound || state.phase === 'loading') return 0;
    const rests = state.phase !== 'training';
    if (this.#knows(run, rests)) return 0;
    const watch = this.#watch;
    const withGradients = rests || this.#looks % gradientsEvery === 0;
    this.#looks += 1;
    return this.#session.look('Looking', async (current) => {
      const began = performance.now();
      const { trainer, config, step } = current;
      const known = describePoints(trainer.model, trainer.config, 1, 1).map(({ path }) => path);
      const points = await look(subjectOf(current), {
        input: lookedWindows(current.dataset, config),
        paths: watch.points.filter((path) => known.includes(path)),
        withGradients,
      });
      if (watch === this.#watch) this.#seen = { run: current, step, gradients: withGradients };
      this.#tell({ runId: current.runId, step, points });
      return performance.now() - began;
    });
  }

  /** Whether all there is to see has been seen: nothing changes while a run rests. */
  #knows(run: ActiveRun, rests: boolean): boolean {
    const seen = this.#seen;
    if (seen?.run !== run || seen.step !== run.step) return false;
    return seen.gradients || !rests;
  }
}

function subjectOf({ trainer: { model, config, parameters } }: ActiveRun): Subject {
  return { model, config, parameters, kept: new Map() };
}
