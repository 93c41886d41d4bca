/** @file The lines of a run's parts, read as one row. Knows no run and no engine. */
import {
  readMetrics,
  readSamples,
  type Lines,
  type MetricPoint,
  type Sample,
} from '../../webview/formats/metrics';
import { joinParts, metricsFile, samplesFile, stepsOf } from '../../webview/formats/runFolder';
import { kindOf, latestLines } from './measured';
import type { RunFiles } from './runFiles';

/** Everything measured and written, by step; what cannot be read is left out. */
export async function readLines(
  files: RunFiles,
): Promise<{ readonly metrics: readonly MetricPoint[]; readonly samples: readonly Sample[] }> {
  const names = (await files.list()).map(({ name }) => name);
  const read = async <T extends MetricPoint | Sample>(
    parts: string[],
    parse: (part: Uint8Array) => Lines<T>,
    kind?: (line: T) => string,
  ) => {
    const found = await Promise.all(parts.map((name) => files.read(name)));
    const lines = found.map((part) => (part ? latestLines(parse(part).lines, kind) : []));
    return joinParts(lines, kind);
  };
  const [metrics, samples] = await Promise.all([
    read(stepsOf('metrics', names).map(metricsFile), readMetrics, kindOf),
    read(stepsOf('samples', names).map(samplesFile), readSamples),
  ]);
  return { metrics, samples };
}
