/** @file What a training run is warned of: values that may stand, and are seldom meant. */
import { formatCount } from './counts';
import type { TrainingConfig } from './training';

/** The share of a run that its warm-up is advised to take. */
const warmupShare = 0.1;

/** Why the learning rate never gets to its peak; undefined where it does. */
export function warmupWarning({
  steps,
  warmupSteps,
}: Pick<TrainingConfig, 'steps' | 'warmupSteps'>): string | undefined {
  if (warmupSteps <= steps) return undefined;
  const fitting = Math.max(1, Math.floor(steps * warmupShare));
  return `The warm-up of ${formatCount(warmupSteps)} steps is longer than the run of ${formatCount(steps)}: the learning rate never reaches its peak. Choose more steps, or about ${formatCount(fitting)} for the warm-up.`;
}
