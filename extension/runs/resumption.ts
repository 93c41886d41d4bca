/**
 * @file What resuming a run needs, read and checked, and what is said of runs that have to be passed over. Knows neither
 * VS Code nor where runs lie.
 */
import { failureOf, PlaygroundError, type Failure } from '../../webview/config/errors';
import type { TextSource } from '../datasets/decodeText';
import type { Checkpoint, StoredRun } from './storedRun';

/** All that a run is continued from. */
export interface Resumption {
  readonly stored: StoredRun;
  readonly text: TextSource | undefined;
  readonly checkpoint: Checkpoint;
}

/** A run that cannot be continued. */
export interface DamagedRun {
  /** Its folder's name, which sorts by the time it was made. */
  readonly id: string;
  /** As users know it; its id where that cannot be read. */
  readonly name: string;
  readonly failure: Failure;
}

/** Reads what resuming needs, or says why this run cannot be resumed. */
export async function readToResume(stored: StoredRun): Promise<Resumption | DamagedRun> {
  try {
    const [text, checkpoint] = await Promise.all([stored.readText(), stored.newestCheckpoint()]);
    if (checkpoint !== undefined) return { stored, text, checkpoint };
    return damagedRun(stored, {
      code: 'checkpoints-damaged',
      message: `None of the checkpoints of “${stored.config.name}” can be read.`,
      remedy: 'Train it again.',
    });
  } catch (error) {
    return damagedRun(stored, failureOf(error));
  }
}

export function isDamaged(found: Resumption | DamagedRun): found is DamagedRun {
  return 'failure' in found;
}

/** Steps of the checkpoints that are newer than the one to continue from, and damaged. */
export function damagedSteps({ stored, checkpoint }: Resumption): readonly number[] {
  return stored.record.checkpoints.map(({ step }) => step).filter((step) => step > checkpoint.step);
}

/** Why no run can be resumed, though there are some. */
export function allDamaged(runs: readonly [DamagedRun, ...DamagedRun[]]): PlaygroundError {
  const [{ name, failure }] = runs;
  const message =
    runs.length === 1
      ? `The run “${name}” is damaged and cannot be resumed.`
      : `${runs.length} runs are damaged, and none can be resumed. The newest is “${name}”.`;
  return new PlaygroundError({
    code: 'runs-damaged',
    message: `${message} ${failure.message}`,
    remedy: 'Train a new run; the log says what is wrong with each.',
  });
}

function damagedRun({ id, config }: StoredRun, failure: Failure): DamagedRun {
  return { id, name: config.name, failure };
}
