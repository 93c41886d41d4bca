/** @file How far a run is, in words for the status bar and messages. Knows no VS Code: the caller translates. */

/** What the estimate needs of a metric point. */
export interface TimedStep {
  readonly step: number;
  /** Training time since the run's start, ms. */
  readonly time: number;
}

/** Points the speed is measured over: long enough to be steady, short enough to follow a change. */
const window = 20;

/** Training time left in ms at the speed of the latest points; undefined until two are there. */
export function timeLeft(points: readonly TimedStep[], steps: number): number | undefined {
  const last = points.at(-1);
  const first = points.at(-Math.min(window, points.length));
  if (last === undefined || first === undefined || last.step <= first.step) return undefined;
  const perStep = (last.time - first.time) / (last.step - first.step);
  return Math.max(0, steps - last.step) * perStep;
}

/** "45 s", "12 min", "3 h 20 min": as exact as an estimate is. */
export function formatDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}
