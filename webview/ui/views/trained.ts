/** @file Whether a saved run has come to its end. Pure. */
import type { RunSummary } from '../../protocol/playgroundApi';

/** For a run that can be continued: whether there is nothing left to train. */
export function isTrained({ step, steps }: RunSummary): boolean {
  return step >= steps;
}
