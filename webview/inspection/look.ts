/**
 * @file Looks at trace points over a few fixed windows and sums up what is there: the numbers of
 * lenses and hovers.
 */
import type { PointLook } from '../protocol/inspectionApi';
import type { CaptureRequest, Probe } from '../trace/probe';
import { statisticsOf } from '../trace/statistics';
import { runProbe, type Subject } from '../training/probe';

/** What to look at. */
export interface Looking {
  readonly input: Probe['input'];
  readonly paths: readonly string[];
  /** Also the gradient of the mean loss at each point, which takes a backward pass. */
  readonly withGradients: boolean;
}

/** One pass; the points in the order in which they were named. */
export async function look(subject: Subject, looking: Looking): Promise<PointLook[]> {
  const { input, paths, withGradients } = looking;
  const capture = paths.flatMap((at): CaptureRequest[] => [
    { at, what: 'stats' },
    ...(withGradients ? [{ at, what: 'gradient' } as const] : []),
  ]);
  const { captures } = await runProbe(subject, { input, capture, interventions: [] });
  return paths.flatMap((path) => {
    const seen = captures.filter(({ at }) => at === path);
    const value = seen.find(({ what }) => what === 'stats')?.statistics;
    const gradient = seen.find(({ what }) => what === 'gradient')?.values;
    if (value === undefined) return [];
    return [{ path, value, ...(gradient && { gradient: statisticsOf(gradient) }) }];
  });
}
