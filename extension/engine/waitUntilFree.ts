/**
 * @file Finds out whether the window that owns a run is alive: a window that was killed leaves its
 * name behind.
 */
import * as vscode from 'vscode';
import { literalText } from '../literalText';
import type { Ownership } from '../runs/ownership';

const pollMs = 1000;

/** What came of waiting: the run is free, another window trains it, or the user did not wait. */
export type Waited = 'free' | 'owned' | 'cancelled';

/**
 * Resolves with 'free' once no other window owns the run, with 'owned' as soon as another one is
 * seen to be alive, by a heartbeat newer than the first one read, and with 'cancelled' if the user
 * cancels before. A silent owner is waited for until it counts as gone, half a minute at most.
 */
export async function waitUntilFree(ownership: Ownership, name: string): Promise<Waited> {
  const first = await ownership.other();
  if (first === undefined) return 'free';
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t(
        'Finding out whether another window still trains “{0}” …',
        literalText(name),
      ),
      cancellable: true,
    },
    async (_progress, token) => {
      while (!token.isCancellationRequested) {
        const other = await ownership.other();
        if (other === undefined) return 'free';
        if (other.window !== first.window || other.heartbeat !== first.heartbeat) return 'owned';
        await new Promise((resolve) => setTimeout(resolve, pollMs));
      }
      return 'cancelled';
    },
  );
}
