/** @file Why there is no model to write with, and what brings one. Pure. */
import type { EngineState } from '../../protocol/engineApi';
import type { RunSummary } from '../../protocol/playgroundApi';

export interface WithoutModel {
  readonly phase: EngineState['phase'];
  /** The run on the page is another window's. */
  readonly watching: boolean;
  /** A run that could be continued. */
  readonly resumable: RunSummary | undefined;
}

/** For a run that can be continued: whether there is nothing left to train. */
export function isTrained({ step, steps }: RunSummary): boolean {
  return step >= steps;
}

/** What stands at Generate while no model is loaded. */
export function promptHint({ phase, watching, resumable }: WithoutModel): string {
  if (phase === 'loading') return 'The model is being loaded';
  if (watching) return 'The model is in another window: write with it there';
  if (resumable === undefined) return 'Train a model first';
  return isTrained(resumable)
    ? 'Load the model to write with it'
    : 'Resume the run to write with it';
}
