/** @file Whether another window trains a run: found out by waiting, which the user may end. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { waitUntilFree } from '../../../extension/engine/waitUntilFree';
import { heartbeatMs, Ownership } from '../../../extension/runs/ownership';
import { MemoryFiles } from '../../../extension/runs/runFiles';

const token = { isCancellationRequested: false };

vi.mock('vscode', async () => ({
  ...(await import('../support/vscode')),
  ProgressLocation: { Notification: 15 },
  window: {
    withProgress: (_options: unknown, task: (progress: unknown, token: unknown) => unknown) =>
      task(undefined, token),
  },
}));

const files = new MemoryFiles();
const there = new Ownership(files, 'there');
const wait = () => waitUntilFree(new Ownership(files, 'here'), 'Tiny GPT');

beforeEach(() => {
  vi.useFakeTimers();
  token.isCancellationRequested = false;
});

afterEach(async () => {
  vi.useRealTimers();
  await there.release();
});

it('finds a run free at once that no other window has', async () => {
  expect(await wait()).toBe('free');
});

it('finds a window alive by its next heartbeat', async () => {
  await there.claim();
  const waited = wait();
  await vi.advanceTimersByTimeAsync(heartbeatMs);
  await there.claim();
  await vi.advanceTimersByTimeAsync(1000);
  expect(await waited).toBe('owned');
});

it('finds a run free once its window has been silent for half a minute', async () => {
  await there.claim();
  const waited = wait();
  await vi.advanceTimersByTimeAsync(40_000);
  expect(await waited).toBe('free');
});

it('does not take a user who would not wait for another window that trains', async () => {
  await there.claim();
  const waited = wait();
  token.isCancellationRequested = true;
  await vi.advanceTimersByTimeAsync(1000);
  expect(await waited).toBe('cancelled');
});
