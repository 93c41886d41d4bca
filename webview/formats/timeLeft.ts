/**
 * @file How long a run still takes, one estimate for all who show it. Knows no clock: only what was
 * measured.
 */
import type { TrainingConfig } from '../config/training';
import type { MetricPoint } from './metrics';

/**
 * The speed is measured over these milliseconds, and these points at least: long enough to be
 * steady, short enough to follow a change.
 */
const steadyFor = 10_000;
const steadyPoints = 20;

/**
 * Milliseconds until the last step, or undefined while nothing can be said. Steps are expected to
 * take what they took of late; those before `loadedAt`, where the run came into the engine that
 * trains it now, do not count: it may have been another backend's. What comes beside the steps,
 * evaluations, samples and snapshots, is too rare to be seen in so few points: it is averaged over
 * the time between two of them at least.
 */
export function timeLeft(
  points: readonly Pick<MetricPoint, 'step' | 'time' | 'elapsed'>[],
  training: Pick<TrainingConfig, 'steps' | 'evaluateEvery' | 'sampleEvery'>,
  loadedAt = 0,
): number | undefined {
  const last = points.at(-1);
  if (last === undefined) return undefined;
  const late = points.findIndex(({ time }) => time >= last.time - steadyFor);
  const from = Math.max(0, Math.min(late, points.length - steadyPoints));
  const first = points.slice(from).find(({ step }) => step >= loadedAt);
  if (first === undefined) return undefined;
  const perStep = (last.time - first.time) / (last.step - first.step);
  if (!Number.isFinite(perStep) || perStep <= 0) return undefined;
  const period = Math.max(training.evaluateEvery, training.sampleEvery);
  const before = points.findLast(({ step }) => step <= last.step - period);
  // Where the run is younger than that, what it began with has to last until then.
  const steps = before === undefined ? period : last.step - before.step;
  const beside = (besideOf(last) - besideOf(before)) / steps;
  return Math.max(0, training.steps - last.step) * (perStep + Math.max(0, beside));
}

/** Milliseconds that were not spent on steps; 0 where they were not measured. */
function besideOf(point: Pick<MetricPoint, 'time' | 'elapsed'> | undefined): number {
  return point?.elapsed === undefined ? 0 : point.elapsed - point.time;
}
