/** @file What a run that failed is told as, and whether it can go on. Pure. */
import type { EngineState } from '../../protocol/engineApi';
import type { PlaygroundView } from '../../protocol/playgroundApi';

type Failed = EngineState & { phase: 'failed' };

/** The failure's title: what did not work, by its name. */
export function failureTitle(
  { runId, step = 0 }: Failed,
  view: PlaygroundView | undefined,
): string {
  if (runId === undefined) return 'The engine is not available';
  if (step > 0) return 'Training stopped';
  const name = view?.run?.runId === runId ? `“${view.run.name}”` : 'the run';
  return `Could not start ${name}`;
}

/**
 * Whether Resume stands beside the failure: it must continue this very run, and come further than
 * before. A run that diverged does so again from any checkpoint, since every step of it can be
 * repeated.
 */
export function canResumeFailed(
  { runId, failure }: Failed,
  resumable: PlaygroundView['resumable'],
): boolean {
  return runId !== undefined && resumable?.runId === runId && failure.code !== 'training-diverged';
}
