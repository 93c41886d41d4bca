/**
 * @file The moments that a run has from its earlier lives. They are worth less than the run: what
 * cannot be read of them is left out and told, and the run goes on.
 */
import { formatCount } from '../config/counts';
import type { Notice, StartRun } from '../protocol/engineApi';
import { joinMomentParts, readableParts } from '../protocol/momentPart';
import { MomentStore } from './momentStore';

/** What was seen of the run up to the step that it goes on from. */
export function restoredMoments(
  { runId, moments: parts = [] }: Pick<StartRun, 'runId' | 'moments'>,
  step: number,
): { readonly moments: MomentStore; readonly notices: readonly Notice[] } {
  const moments = new MomentStore();
  const { read, damaged } = readableParts(parts);
  const joined = joinMomentParts(read);
  if (joined !== undefined) moments.restore(runId, joined, step);
  if (damaged === 0) return { moments, notices: [] };
  const all = formatCount(parts.length);
  const message = `${formatCount(damaged)} of ${all} files with what was seen of this run through time cannot be read, and the steps in them are left out of “Through time”. Training is not affected.`;
  return {
    moments,
    notices: [{ code: 'moments-damaged', severity: 'information', message }],
  };
}
