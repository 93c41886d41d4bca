/** @file The points and samples of the run on the page, in order, across resumes. Knows no chart. */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { MetricPoint, Sample } from '../../formats/metrics';

/** Samples kept for reading back; older ones stay on disk. */
const keptSamples = 300;

/** What was measured and written so far. Arrays grow in place: `version` tells when. */
export class MetricHistory {
  readonly #version = signal(0);
  readonly #samples = signal<readonly Sample[]>([]);
  #points: MetricPoint[] = [];

  /** Changes whenever the points do. */
  get version(): ReadonlySignal<number> {
    return this.#version;
  }

  /** By step, ascending. Do not keep: it grows. */
  get points(): readonly MetricPoint[] {
    return this.#points;
  }

  /** Oldest first. */
  get samples(): ReadonlySignal<readonly Sample[]> {
    return this.#samples;
  }

  /** Starts anew with what was measured before. */
  reset(points: readonly MetricPoint[] = [], samples: readonly Sample[] = []): void {
    this.#points = [];
    this.#samples.value = samples.slice(-keptSamples);
    this.append(points);
    this.#version.value += 1;
  }

  /** Forgets what lies after `step`: a run continued from an earlier snapshot measures it again. */
  rewind(step: number): void {
    this.#points = this.#points.filter((point) => point.step <= step);
    this.#samples.value = this.#samples.value.filter((sample) => sample.step <= step);
    this.#version.value += 1;
  }

  /** Adds points; one of a step that is there already completes or replaces it. */
  append(points: readonly MetricPoint[]): void {
    for (const point of points) {
      const last = this.#points.at(-1);
      if (last === undefined || last.step < point.step) this.#points.push(point);
      else this.#insert(point);
    }
    this.#version.value += 1;
  }

  addSample(sample: Sample): void {
    const others = this.#samples.value.filter((other) => other.step !== sample.step);
    this.#samples.value = [...others, sample].slice(-keptSamples);
  }

  #insert(point: MetricPoint): void {
    let at = this.#points.length - 1;
    while (at > 0 && (this.#points[at]?.step ?? 0) > point.step) at -= 1;
    const there = this.#points[at];
    if (there?.step === point.step) this.#points[at] = { ...there, ...point };
    else this.#points.splice(at + 1, 0, point);
  }
}
