/** @file Which checkpoints go when runs take more disk than the user allows. Knows names and sizes, not files. */

/** A checkpoint on disk. */
export interface StoredCheckpoint {
  readonly step: number;
  readonly bytes: number;
}

/** A run on disk as far as its size matters. */
export interface RunUsage {
  readonly id: string;
  /** ISO 8601 of its last snapshot. */
  readonly updated: string;
  /** Being trained, here or in another window: nothing of it goes. */
  readonly active: boolean;
  /** All its files. */
  readonly bytes: number;
  readonly checkpoints: readonly StoredCheckpoint[];
  /** Step of the checkpoint with the lowest validation loss, or else of the last. */
  readonly bestStep: number | undefined;
}

/** A checkpoint to remove. */
export interface Removal {
  readonly id: string;
  readonly step: number;
}

/**
 * What to remove, in this order, until the limit holds: of the oldest runs everything but the best checkpoint, then the
 * best ones too. Curves and samples stay.
 */
export function removalsOver(limit: number, runs: readonly RunUsage[]): readonly Removal[] {
  const oldestFirst = runs
    .filter((run) => !run.active)
    .sort((a, b) => a.updated.localeCompare(b.updated));
  const candidates = [
    ...oldestFirst.flatMap((run) => checkpointsOf(run, (step) => step !== run.bestStep)),
    ...oldestFirst.flatMap((run) => checkpointsOf(run, (step) => step === run.bestStep)),
  ];
  let bytes = runs.reduce((sum, run) => sum + run.bytes, 0);
  const removals: Removal[] = [];
  for (const candidate of candidates) {
    if (bytes <= limit) break;
    bytes -= candidate.bytes;
    removals.push({ id: candidate.id, step: candidate.step });
  }
  return removals;
}

function checkpointsOf(
  run: RunUsage,
  wanted: (step: number) => boolean,
): readonly (Removal & StoredCheckpoint)[] {
  return run.checkpoints
    .filter(({ step }) => wanted(step))
    .map((checkpoint) => ({ id: run.id, ...checkpoint }));
}
