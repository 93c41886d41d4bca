/**
 * @file Which checkpoints go when runs take more disk than the user allows. Knows names and sizes,
 * not files.
 */
import type { SavedCheckpoint } from './runRecord';

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
  readonly checkpoints: readonly StoredCheckpoint[];
  /**
   * Of its copy of the user's text, which only resuming needs: it goes with the last checkpoint.
   */
  readonly textBytes: number;
  /**
   * Of what was seen through time, which only resuming shows: it goes with the last checkpoint, but
   * for the newest part, which has the marks of the curve and is not counted.
   */
  readonly momentBytes: number;
  /** It never got a snapshot: there is nothing to resume and nothing to show. */
  readonly isEmpty: boolean;
  /** Step of the checkpoint with the lowest validation loss, or else of the last. */
  readonly bestStep: number | undefined;
}

/** A checkpoint to remove, and with a run's last one its text and its moments. */
export interface Removal {
  readonly run: RunUsage;
  readonly step: number;
}

/**
 * What to remove, in this order, until checkpoints, texts and moments take no more than the limit:
 * of the oldest runs everything but the best checkpoint, then the best ones too. Curves and samples
 * stay, and are not counted: they are small, and what stays in any case must not drive out what is
 * worth keeping.
 */
export function removalsOver(limit: number, runs: readonly RunUsage[]): readonly Removal[] {
  const oldestFirst = runs
    .filter((run) => !run.active)
    .sort((a, b) => a.updated.localeCompare(b.updated));
  const candidates = [
    ...oldestFirst.flatMap((run) => candidatesOf(run, (step) => step !== run.bestStep)),
    ...oldestFirst.flatMap((run) => candidatesOf(run, (step) => step === run.bestStep)),
  ];
  let bytes = runs.reduce((sum, run) => sum + counted(run), 0);
  const removals: Removal[] = [];
  for (const { run, step, frees } of candidates) {
    if (bytes <= limit) break;
    bytes -= frees;
    removals.push({ run, step });
  }
  return removals;
}

function counted(run: RunUsage): number {
  return run.checkpoints.reduce((sum, { bytes }) => sum + bytes, withTheLast(run));
}

/** Bytes that go with a run's last checkpoint. */
function withTheLast({ textBytes, momentBytes }: RunUsage): number {
  return textBytes + momentBytes;
}

/**
 * A run's best checkpoint is its last to go. What would free nothing, its file being gone, is no
 * candidate.
 */
function candidatesOf(
  run: RunUsage,
  wanted: (step: number) => boolean,
): readonly (Removal & { readonly frees: number })[] {
  return run.checkpoints
    .filter(({ step }) => wanted(step))
    .map(({ step, bytes }) => ({
      run,
      step,
      frees: bytes + (step === run.bestStep ? withTheLast(run) : 0),
    }))
    .filter(({ frees }) => frees > 0);
}

/** The step with the lowest validation loss; the last one where none was measured. */
export function bestStep(checkpoints: readonly SavedCheckpoint[]): number | undefined {
  const measured = checkpoints.filter(({ validationLoss }) => validationLoss !== undefined);
  const loss = (saved: SavedCheckpoint): number => saved.validationLoss ?? Infinity;
  const best = measured.reduce<SavedCheckpoint | undefined>(
    (lowest, next) => (lowest === undefined || loss(next) < loss(lowest) ? next : lowest),
    undefined,
  );
  return (best ?? checkpoints.at(-1))?.step;
}
