/** @file Requests that are settled: nothing that happens to their signal later concerns anybody. */
import { describe, expect, it } from 'vitest';
import { PlaygroundError } from '../../../webview/config/errors';
import { PendingRequests } from '../../../webview/protocol/endpointRequests';

const gone = new PlaygroundError({ code: 'gone', message: 'Gone.', remedy: 'Come again.' });

describe('a request', () => {
  it.each([
    [
      'was answered',
      (requests: PendingRequests, id: number) => {
        requests.resolve(id, 1);
      },
    ],
    [
      'was refused',
      (requests: PendingRequests, id: number) => {
        requests.reject(id, gone);
      },
    ],
    [
      'ended with its conversation',
      (requests: PendingRequests) => {
        requests.rejectAll(gone);
      },
    ],
  ])('that %s is not cancelled when its signal fires later', async (_, settle) => {
    const requests = new PendingRequests();
    const abort = new AbortController();
    const cancelled: number[] = [];
    let id = 0;
    const answer = requests.add(
      'echo',
      { signal: abort.signal },
      (sent) => {
        id = sent;
      },
      (which) => {
        cancelled.push(which);
      },
    );
    settle(requests, id);
    await Promise.allSettled([answer]);
    abort.abort();
    expect(cancelled).toEqual([]);
  });

  it('that waits is cancelled once', async () => {
    const requests = new PendingRequests();
    const abort = new AbortController();
    const cancelled: number[] = [];
    const answer = requests.add(
      'echo',
      { signal: abort.signal },
      () => undefined,
      (which) => {
        cancelled.push(which);
      },
    );
    abort.abort();
    await expect(answer).rejects.toMatchObject({ code: 'cancelled' });
    expect(cancelled).toEqual([1]);
    expect(requests.has(1)).toBe(false);
  });
});
