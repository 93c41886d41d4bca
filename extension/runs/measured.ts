/**
 * @file Which lines of a run's history stand for the same thing, so that a step measured twice is
 * known once. Knows no files and no engine.
 */
import type { MetricPoint } from '../../webview/formats/metrics';

/** A point or a sample, of the updates made before it. */
interface Line {
  readonly step: number;
}

/** A step has a point of each kind at most. */
export function kindOf({ validationLoss }: MetricPoint): string {
  return validationLoss === undefined ? 'training' : 'evaluation';
}

/**
 * Adds a line to others that ascend by step, where its step belongs. It replaces the one of its
 * step and kind: an engine that goes on from a step measures it again.
 */
export function putLine<T extends Line>(
  lines: T[],
  line: T,
  kind: (line: T) => string = () => '',
): void {
  const isSame = (other: T): boolean => other.step === line.step && kind(other) === kind(line);
  const last = lines.findLastIndex(({ step }) => step <= line.step);
  const same = lines.findLastIndex((other) => other.step < line.step || isSame(other));
  if (lines[same]?.step === line.step) lines[same] = line;
  else lines.splice(last + 1, 0, line);
}

/** Lines of which the later one counts where two are of one step and kind. */
export function latestLines<T extends Line>(lines: readonly T[], kind?: (line: T) => string): T[] {
  const latest: T[] = [];
  for (const line of lines) putLine(latest, line, kind);
  return latest;
}
