/**
 * @file The points and samples of the run on the page, in order, across resumes. Knows no chart.
 */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { MetricPoint, Sample } from '../../formats/metrics';
import type { RoleGained } from '../../protocol/moments';
import { throttle } from './throttle';

/** Samples kept for reading back; older ones stay on disk. */
const keptSamples = 300;

/** Milliseconds between two looks at points that come faster than anybody reads. */
const showEvery = 100;

/** What was measured and written so far. */
export class MetricHistory {
  readonly #shown = signal<readonly MetricPoint[]>([]);
  readonly #samples = signal<readonly Sample[]>([]);
  readonly #gained = signal<readonly RoleGained[]>([]);
  readonly #show = throttle(showEvery, () => {
    this.#shown.value = this.#points.slice();
  });
  #points: MetricPoint[] = [];

  /** The points by step, ascending. Follows those that come a few times a second. */
  get points(): ReadonlySignal<readonly MetricPoint[]> {
    return this.#shown;
  }

  /** Oldest first. */
  get samples(): ReadonlySignal<readonly Sample[]> {
    return this.#samples;
  }

  /** What heads were found to do for the first time. */
  get gained(): ReadonlySignal<readonly RoleGained[]> {
    return this.#gained;
  }

  /** Starts anew with what was measured before. */
  reset(
    points: readonly MetricPoint[] = [],
    samples: readonly Sample[] = [],
    gained: readonly RoleGained[] = [],
  ): void {
    this.#points = [];
    this.#gained.value = gained;
    this.#samples.value = samples.slice(-keptSamples);
    this.append(points);
    this.#show.flush();
  }

  /** Forgets what lies after `step`: a run continued from an earlier snapshot measures it again. */
  rewind(step: number): void {
    this.#points = this.#points.filter((point) => point.step <= step);
    this.#samples.value = this.#samples.value.filter((sample) => sample.step <= step);
    this.#gained.value = this.#gained.value.filter((gained) => gained.step <= step);
    this.#show.request();
    this.#show.flush();
  }

  /** Adds points; one of a step that is there already completes or replaces it. */
  append(points: readonly MetricPoint[]): void {
    for (const point of points) {
      const last = this.#points.at(-1);
      if (last === undefined || last.step < point.step) this.#points.push(point);
      else this.#insert(point);
    }
    this.#show.request();
  }

  addSample(sample: Sample): void {
    const others = this.#samples.value.filter((other) => other.step !== sample.step);
    this.#samples.value = [...others, sample].slice(-keptSamples);
  }

  addGained(gained: readonly RoleGained[]): void {
    if (gained.length > 0) this.#gained.value = [...this.#gained.value, ...gained];
  }

  #insert(point: MetricPoint): void {
    let at = this.#points.length - 1;
    while (at >= 0 && (this.#points[at]?.step ?? 0) > point.step) at -= 1;
    const there = this.#points[at];
    if (there?.step === point.step) this.#points[at] = { ...there, ...point };
    else this.#points.splice(at + 1, 0, point);
  }
}
