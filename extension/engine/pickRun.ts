/** @file The list of saved runs from which the user picks one to go on with. Reads no files. */
import * as vscode from 'vscode';
import { formatCount } from '../../webview/config/counts';
import { literalText } from '../literalText';
import type { StoredRun } from '../runs/storedRun';

/** A run to pick from. */
export interface ListedRun {
  readonly stored: StoredRun;
  /** Another window trains it. */
  readonly owned: boolean;
}

/** Lets the user pick a run; undefined if they do not. The list keeps its order. */
export async function pickRun(runs: readonly ListedRun[]): Promise<StoredRun | undefined> {
  const items = runs.map((run) => ({ ...described(run), stored: run.stored }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Resume another run'),
    placeHolder: vscode.l10n.t('The run written last comes first'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.stored;
}

function described({ stored, owned }: ListedRun): vscode.QuickPickItem {
  const { name, step, steps, validationLoss } = stored.summary;
  const progress = vscode.l10n.t('step {0} of {1}', formatCount(step), formatCount(steps));
  const loss =
    validationLoss === undefined
      ? []
      : [vscode.l10n.t('validation loss {0}', validationLoss.toFixed(2))];
  const saved = vscode.l10n.t('Saved on {0}', dateOf(stored.record.updated));
  const elsewhere = owned ? [vscode.l10n.t('being trained in another window')] : [];
  return {
    label: literalText(name),
    description: [progress, ...loss].join(' · '),
    detail: [saved, ...elsewhere].join(' · '),
  };
}

/** A moment of ISO 8601 in the language of the window and the time of this machine. */
function dateOf(moment: string): string {
  return new Intl.DateTimeFormat(vscode.env.language, {
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(new Date(moment));
}
