/** @file Where runs are kept: in the first folder that takes them, or else in memory, and found there again. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { RunStore } from '../../../extension/runs/runStore';
import { defaultPreset } from '../../../webview/config/presets';
import type { Snapshot } from '../../../webview/protocol/engineApi';
import { at, disk } from '../support/disk';
import { settings } from '../support/vscode';

vi.mock('vscode', () => import('../support/vscode'));

const content = { text: undefined, metrics: [], samples: [] };

const snapshot = (step: number): Snapshot => ({
  runId: 'r',
  step,
  reason: 'request',
  checkpoint: new ArrayBuffer(8),
  metrics: [],
  samples: [],
});

function newStore() {
  const messages = { warning: vi.fn(), remember: vi.fn(), logged: vi.fn() };
  const context = { storageUri: at('/storage/id/us'), globalStorageUri: at('/global') };
  const store = new RunStore(context as never, messages as never, 'here');
  return { store, messages };
}

beforeEach(() => {
  disk.clear();
  settings.clear();
});

describe('a run that no folder takes', () => {
  it('is found again, to be resumed while the window is open', async () => {
    disk.refuses = () => true;
    const { store, messages } = newStore();
    const run = await store.create(defaultPreset.config, undefined);
    expect(messages.warning.mock.lastCall?.[0]).toMatch(/cannot be saved.*kept in memory/);
    expect(run.isLasting).toBe(false);
    expect(await store.newestToContinue()).toBeUndefined();
    await run.store(snapshot(37));
    expect(await store.newestToContinue()).toBe(run);
  });

  it('takes no disk space: its checkpoints are not pruned for it', async () => {
    disk.refuses = () => true;
    settings.set('runs.maximumDiskUsage', 1e-6);
    const { store } = newStore();
    const run = await store.create(defaultPreset.config, undefined);
    await run.store(snapshot(37));
    await store.prune();
    expect(run.canContinue).toBe(true);
  });
});

describe('a run whose folder did not take its last snapshot', () => {
  async function behind(refuses: (path: string) => boolean) {
    const { store } = newStore();
    const run = await store.create(defaultPreset.config, undefined);
    await run.store(snapshot(10));
    disk.refuses = refuses;
    await expect(run.store(snapshot(20))).rejects.toThrow('EROFS');
    return { store, run };
  }

  it('is kept in the next folder', async () => {
    const { store, run } = await behind((path) => path.startsWith('/storage'));
    const kept = await store.rescue(run, content);
    expect(kept.isLasting).toBe(true);
    const found = await newStore().store.newestToContinue();
    expect(found?.summary).toMatchObject({ runId: run.id, step: 20 });
  });

  it('is kept in memory where no folder takes it, before its older self on disk', async () => {
    const { store, run } = await behind(() => true);
    const kept = await store.rescue(run, content);
    expect(kept.isLasting).toBe(false);
    disk.refuses = () => false;
    expect((await store.newestToContinue())?.storedStep).toBe(20);
    expect((await newStore().store.newestToContinue())?.storedStep).toBe(10);
  });

  it('stays where it is once that folder can be written again', async () => {
    const { store, run } = await behind(() => true);
    disk.refuses = () => false;
    const kept = await store.rescue(run, content);
    expect(kept.files).toBe(run.files);
    expect(kept.record.checkpoints.map(({ step }) => step)).toEqual([10, 20]);
  });
});
