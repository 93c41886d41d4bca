/**
 * @file What resuming a run needs, read and checked, and what is said of runs that have to be
 * passed over. Does not know where runs lie.
 */
import * as vscode from 'vscode';
import { failureOf, PlaygroundError, type Failure } from '../../webview/config/errors';
import { formatCount } from '../../webview/config/counts';
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
export async function readToResume(found: StoredRun): Promise<Resumption | DamagedRun> {
  try {
    const stored = await found.reread();
    const [text, checkpoint] = await Promise.all([stored.readText(), stored.newestCheckpoint()]);
    if (checkpoint !== undefined) return { stored, text, checkpoint };
    return damagedRun(stored, {
      code: 'checkpoints-damaged',
      message: vscode.l10n.t('None of the checkpoints of “{0}” can be read.', stored.config.name),
      remedy: vscode.l10n.t('Train it again.'),
    });
  } catch (error) {
    return damagedRun(found, failureOf(error));
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
      ? vscode.l10n.t('The run “{0}” is damaged and cannot be resumed.', name)
      : vscode.l10n.t(
          '{0} runs are damaged, and none can be resumed. The newest is “{1}”.',
          formatCount(runs.length),
          name,
        );
  return new PlaygroundError({
    code: 'runs-damaged',
    message: `${message} ${failure.message}`,
    remedy:
      runs.length === 1
        ? vscode.l10n.t('Train a new run.')
        : vscode.l10n.t('Train a new run; the log says what is wrong with each.'),
  });
}

function damagedRun({ id, config }: StoredRun, failure: Failure): DamagedRun {
  return { id, name: config.name, failure };
}
