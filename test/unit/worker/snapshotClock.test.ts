/** @file How much work a closed window can cost, and how much of the time saving may take. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { SnapshotClock } from '../../../webview/worker/snapshotClock';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Seconds until a snapshot is due, to the tenth. */
function dueAfter(clock: SnapshotClock): number {
  for (let tenths = 1; tenths < 36_000; tenths++) {
    vi.advanceTimersByTime(100);
    if (clock.due() === 'interval') return tenths / 10;
  }
  return Infinity;
}

it('saves after two seconds, then every ten: a window that is gone costs no more than them', () => {
  const clock = new SnapshotClock();
  clock.restart();
  expect(dueAfter(clock)).toBeCloseTo(2.1, 5);
  clock.stored(30);
  expect(dueAfter(clock)).toBeCloseTo(10.1, 5);
  clock.stored(30);
  expect(dueAfter(clock)).toBeCloseTo(10.1, 5);
});

it('saves less often where it takes long, so that 97 % of the time are left for training', () => {
  const clock = new SnapshotClock();
  clock.restart();
  clock.stored(4000);
  expect(dueAfter(clock)).toBeCloseTo(10.1, 5);
  // Snapshots of 3 s belong to 100 s.
  clock.stored(3000);
  expect(dueAfter(clock)).toBeCloseTo(100.1, 5);
});

it('does not lose a minute of work to one slow save, as while a window opens', () => {
  const clock = new SnapshotClock();
  clock.restart();
  for (const cost of [3000, 30, 5000, 30]) {
    clock.stored(cost);
    expect(dueAfter(clock)).toBeCloseTo(10.1, 5);
  }
});

it('saves after the next step where it is asked to, and once', () => {
  const clock = new SnapshotClock();
  clock.restart();
  clock.demand('hide');
  expect(clock.due()).toBe('hide');
  clock.stored(5);
  expect(clock.due()).toBeUndefined();
});

it('tries again within a minute where saving failed, however long it was waited for', () => {
  const clock = new SnapshotClock();
  clock.restart();
  clock.failed(20_000);
  expect(dueAfter(clock)).toBeCloseTo(60.1, 5);
  clock.failed(30);
  expect(dueAfter(clock)).toBeCloseTo(10.1, 5);
});
