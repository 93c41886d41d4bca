/** @file What a run that failed is told as, what to do then, and whether it can go on. Pure. */
import type { EngineState } from '../../protocol/engineApi';
import type { PlaygroundView, RunSummary } from '../../protocol/playgroundApi';
import { isTrained } from './trained';

type Failed = EngineState & { phase: 'failed' };

export const engineIsGone = 'The engine is not available';

/** The failure's title: what did not work, by its name. */
export function failureTitle(
  { runId, step = 0 }: Failed,
  view: PlaygroundView | undefined,
): string {
  if (runId === undefined) return engineIsGone;
  if (step > 0) return 'Training stopped';
  const name = view?.run?.runId === runId ? `“${view.run.name}”` : 'the run';
  return `Could not start ${name}`;
}

/** What is left after a failure, as far as the page knows. */
export interface Left {
  readonly resumable: RunSummary | undefined;
  /** The host has looked since; until then what is saved may be more than `resumable`. */
  readonly isLookedUp: boolean;
  /** A run stands on the page. */
  readonly hasRun: boolean;
}

/**
 * What to do about the failure. An engine that died says nothing of its run: that depends on what
 * was saved of it.
 */
export function remedyOf(failed: Failed, { resumable, isLookedUp, hasRun }: Left): string {
  const { runId, failure } = failed;
  if (failure.code !== 'engine-died') return failure.remedy;
  if (resumable !== undefined && canBringFailed(failed, resumable)) {
    if (isTrained(resumable)) return `Load “${resumable.name}” to write with it.`;
    return runId === undefined
      ? `Resume “${resumable.name}” to go on from its last snapshot.`
      : 'Resume continues from the last snapshot.';
  }
  if (runId === undefined && !hasRun) return failure.remedy;
  return isLookedUp
    ? 'Nothing of the run was saved that could be resumed: train again.'
    : 'What was saved of the run is being looked up.';
}

/**
 * Whether Resume, or Load, stands beside the failure. Of a run that failed it must bring this very
 * one, and come further than before: a run that diverged does so again from any checkpoint, since
 * every step of it can be repeated. Where none was being trained it brings what the page offers
 * otherwise.
 */
export function canBringFailed({ runId, failure }: Failed, resumable: RunSummary): boolean {
  if (runId === undefined) return true;
  return resumable.runId === runId && failure.code !== 'training-diverged';
}
