/**
 * @file What the user is told who resumes a run and may have expected another one, or a later step
 * of it.
 */
import * as vscode from 'vscode';
import { formatCount } from '../../webview/config/counts';
import type { Messages } from '../messages';
import { damagedSteps, type DamagedRun, type Resumption } from '../runs/resumption';
import type { StoredRun } from '../runs/storedRun';

/**
 * Says what was passed over to come to `found`: `damaged` runs, the newest first, or newer
 * checkpoints of its own.
 */
export function tellPassedOver(
  messages: Messages,
  found: Resumption,
  damaged: readonly DamagedRun[],
): void {
  const text = passedOver(found, damaged);
  if (text === undefined) return;
  messages.warning(text, {
    label: vscode.l10n.t('Show Log'),
    run: () => vscode.commands.executeCommand('transformerPlayground.showLog'),
  });
}

/** Says which newer runs, the newest first, other windows train, so that `found` is resumed. */
export function tellOwned(
  messages: Messages,
  { stored }: Resumption,
  owned: readonly StoredRun[],
): void {
  const [first] = owned;
  if (first === undefined) return;
  const { name } = stored.config;
  messages.information(
    owned.length === 1
      ? vscode.l10n.t(
          'The newer run “{0}” is being trained in another window: “{1}” is resumed instead.',
          first.config.name,
          name,
        )
      : vscode.l10n.t(
          '{0} newer runs are being trained in other windows: “{1}” is resumed instead.',
          formatCount(owned.length),
          name,
        ),
  );
}

function passedOver(found: Resumption, damaged: readonly DamagedRun[]): string | undefined {
  const { name } = found.stored.config;
  const [first] = damaged;
  if (first !== undefined) {
    const what =
      damaged.length === 1
        ? vscode.l10n.t(
            'The newer run “{0}” is damaged: “{1}” is resumed instead.',
            first.name,
            name,
          )
        : vscode.l10n.t(
            '{0} newer runs are damaged: “{1}” is resumed instead.',
            formatCount(damaged.length),
            name,
          );
    return `${what} ${first.failure.message}`;
  }
  if (damagedSteps(found).length === 0) return undefined;
  return vscode.l10n.t(
    'The last checkpoint of “{0}” is damaged: it goes on from the one of step {1}.',
    name,
    formatCount(found.checkpoint.step),
  );
}
