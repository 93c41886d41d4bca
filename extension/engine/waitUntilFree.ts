/**
 * @file Finds out whether the window that owns a run is alive: a window that was killed leaves its
 * name behind.
 */
import * as vscode from 'vscode';
import type { Ownership } from '../runs/ownership';

const pollMs = 1000;

/**
 * True once no other window owns the run. False as soon as another one is seen to be alive, by a
 * heartbeat newer than the first one read, or if the user cancels. A silent owner is waited for
 * until it counts as gone, half a minute at most.
 */
export async function waitUntilFree(ownership: Ownership, name: string): Promise<boolean> {
  const first = await ownership.other();
  if (first === undefined) return true;
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Finding out whether another window still trains “{0}” …', name),
      cancellable: true,
    },
    async (_progress, token) => {
      while (!token.isCancellationRequested) {
        const other = await ownership.other();
        if (other === undefined) return true;
        if (other.window !== first.window || other.heartbeat !== first.heartbeat) return false;
        await new Promise((resolve) => setTimeout(resolve, pollMs));
      }
      return false;
    },
  );
}
