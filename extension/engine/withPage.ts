/** @file A new run and the page that is to train it: both, or neither. */
import { cancelled } from '../../webview/protocol/errors';
import type { Playground } from '../playground/playground';
import type { PlaygroundEndpoint } from '../playground/playgroundPanel';
import type { StoredRun } from '../runs/storedRun';

/**
 * Opens the playground while a run is being created. Where one of both fails, or `signal` is
 * aborted, nothing of the run is left.
 */
export async function withPage(
  playground: Playground,
  creating: Promise<StoredRun>,
  signal: AbortSignal,
): Promise<{ readonly endpoint: PlaygroundEndpoint; readonly stored: StoredRun }> {
  const created = Promise.allSettled([creating]);
  try {
    const endpoint = await playground.open(signal);
    const stored = await creating;
    if (signal.aborted) throw cancelled('Loading the run');
    return { endpoint, stored };
  } catch (error) {
    const [run] = await created;
    // What cannot be removed now goes when runs are tidied up: it has no snapshot.
    if (run.status === 'fulfilled') await Promise.allSettled([run.value.destroy()]);
    throw error;
  }
}
