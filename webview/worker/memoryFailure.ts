/** @file What to tell when a run's memory is used up although it was estimated to be enough. */
import type { Backend } from '../config/backend';
import { PlaygroundError } from '../config/errors';
import { memoryRemedy, outOfMemoryCode } from '../config/memory';
import { backendNames } from '../backends/causes';
import { isOutOfMemory } from '../backends/outOfMemory';
import { needsText, type MemoryNeeds } from '../backends/tooLarge';
import { estimateMemory } from '../training/memory';
import type { ActiveRun } from './activeRun';

/** Where it happened. */
export interface MemoryUse {
  readonly backend: Backend;
  readonly memory: MemoryNeeds;
}

/**
 * The same error, unless it is a refused allocation in a backend's own words: those say neither
 * what nor why.
 */
export function explained(error: unknown, { backend, memory }: MemoryUse): unknown {
  if (!isOutOfMemory(error)) return error;
  const other = backend === 'webgpu' ? '' : ', or WebGPU as the backend';
  return new PlaygroundError(
    {
      code: outOfMemoryCode,
      message: `${needsText(memory)}, and ${backendNames[backend]} ran out of it.`,
      remedy: `${memoryRemedy}${other}.`,
    },
    { cause: error },
  );
}

/** The same for a run that is loaded. */
export function explainedIn(run: ActiveRun | undefined, error: unknown): unknown {
  if (!run || !isOutOfMemory(error)) return error;
  const { model, config } = run.trainer;
  const memory = estimateMemory(model, config, run.config.training.batchSize);
  return explained(error, { backend: run.backend.backend, memory });
}
