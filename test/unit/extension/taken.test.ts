/**
 * @file A run that another window took while this one slept: what this window still has of it never
 * lands on what the other one writes.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Ownership } from '../../../extension/runs/ownership';
import { StoredRun } from '../../../extension/runs/storedRun';
import { defaultPreset } from '../../../webview/config/presets';
import type { EngineState } from '../../../webview/protocol/engineApi';
import { HostedEngine, snapshotAt } from '../support/hostedEngine';

vi.mock('vscode', () => import('../support/vscode'));

const stopped: EngineState = {
  phase: 'idle',
  last: { runId: 'r', step: 120, steps: 1000, outcome: 'stopped' },
};

let hosted: HostedEngine;

beforeEach(() => {
  vi.useFakeTimers();
  hosted = new HostedEngine();
  // As the worker does, it saves its last step before it lets go of the run.
  hosted.answers.stop = async () => {
    await hosted.engine.storeSnapshot(snapshotAt(120, 'stop'));
    hosted.report(stopped);
    return stopped;
  };
});

afterEach(() => {
  hosted.engine.dispose();
  vi.useRealTimers();
});

/**
 * A run that was saved here at step 100; then this window slept, and another trained it to 400.
 * Returns its files.
 */
async function takenRun(): Promise<unknown> {
  await hosted.begin();
  hosted.reach('training', 100);
  await hosted.engine.storeSnapshot(snapshotAt(100));
  vi.setSystemTime(Date.now() + 31_000);
  const there = new Ownership(hosted.files, 'there');
  expect(await there.claim()).toBeUndefined();
  const theirs = await hosted.onDisk();
  await theirs.store(snapshotAt(400));
  return contents();
}

/** Every file of the run, byte for byte. */
async function contents(): Promise<unknown> {
  const names = (await hosted.files.list()).map(({ name }) => name);
  return Promise.all(names.map(async (name) => [name, await hosted.files.read(name)]));
}

describe('a run that another window has taken', () => {
  it('stays as that window writes it when the engine here is stopped for it', async () => {
    const before = await takenRun();
    await vi.advanceTimersByTimeAsync(10_000);
    await vi.waitFor(() => {
      expect(hosted.engine.state).toEqual(stopped);
    });
    expect(hosted.asked).toContain('stop');
    expect(hosted.told).toEqual(['taken']);
    expect(await contents()).toEqual(before);
  });

  it.each([
    ['a snapshot', () => hosted.engine.storeSnapshot(snapshotAt(110))],
    [
      'a state',
      () => {
        hosted.reach('paused', 110);
        return Promise.resolve();
      },
    ],
    ['the end', () => hosted.engine.pageClosed()],
    ['the window’s end', () => hosted.engine.windowCloses()],
  ])('stays so when %s comes before this window has looked', async (_, happens) => {
    const before = await takenRun();
    await happens();
    await vi.advanceTimersByTimeAsync(0);
    expect(await contents()).toEqual(before);
  });

  it('is told to be lost here once, by what is noticed first', async () => {
    await takenRun();
    await hosted.engine.storeSnapshot(snapshotAt(110));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(hosted.told).toEqual(['taken']);
  });

  it('takes no checkpoint that the user asks for, and says so', async () => {
    const before = await takenRun();
    hosted.answers.snapshot = () => snapshotAt(110, 'request');
    await expect(hosted.engine.saveCheckpoint()).rejects.toMatchObject({ code: 'run-owned' });
    expect(await contents()).toEqual(before);
  });
});

describe('a run that another window trains', () => {
  it('loses nothing to a window that tries to continue it from an earlier step', async () => {
    const stored = await StoredRun.create(hosted.files, 'r', defaultPreset.config, undefined);
    await stored.store(snapshotAt(100));
    await stored.store(snapshotAt(400));
    await new Ownership(hosted.files, 'there').claim();
    const before = await contents();
    const checkpoint = { step: 100, bytes: new ArrayBuffer(8) };
    await expect(
      hosted.engine.continue({ stored, text: undefined, checkpoint, paused: false }),
    ).rejects.toMatchObject({ code: 'run-owned' });
    expect(await contents()).toEqual(before);
  });
});
