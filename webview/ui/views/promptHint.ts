/** @file Why there is no model to write with, and what brings one. Pure. */
import type { EngineState } from '../../protocol/engineApi';
import type { RunSummary } from '../../protocol/playgroundApi';
import { canBringFailed } from './failedRun';
import { isTrained } from './trained';

export interface WithoutModel {
  readonly engine: EngineState;
  /** The run on the page is another window's. */
  readonly watching: boolean;
  /** A run that could be continued. */
  readonly resumable: RunSummary | undefined;
  /** The run on the page has yet to be free. */
  readonly isClaimed: boolean;
}

/** What stands at Generate while no model is loaded. */
export function promptHint({ engine, watching, resumable, isClaimed }: WithoutModel): string {
  if (engine.phase === 'loading') return 'The model is being loaded';
  if (watching) return 'The model is in another window: write with it there';
  if (isClaimed) return 'The model can be loaded when its run is free';
  const isOffered =
    resumable !== undefined && (engine.phase !== 'failed' || canBringFailed(engine, resumable));
  if (!isOffered) return 'Train a model first';
  return isTrained(resumable)
    ? 'Load the model to write with it'
    : 'Resume the run to write with it';
}
