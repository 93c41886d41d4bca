/**
 * @file Where runs are kept: in the first folder that takes them, or else in memory, and found
 * there again.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Ownership } from '../../../extension/runs/ownership';
import { RunStore } from '../../../extension/runs/runStore';
import { defaultPreset } from '../../../webview/config/presets';
import type { Snapshot } from '../../../webview/protocol/engineApi';
import { readMomentPart } from '../../../webview/protocol/momentPart';
import { at, disk } from '../support/disk';
import { partOf } from '../support/moments';
import { settings, workspace } from '../support/vscode';

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

afterEach(() => {
  vi.useRealTimers();
});

describe('a run that was to be saved elsewhere', () => {
  /** What is told of a run that goes where it was not to go. */
  async function toldOf(): Promise<unknown> {
    const { store, messages } = newStore();
    await store.create(defaultPreset.config, undefined);
    expect(messages.warning).toHaveBeenCalledOnce();
    return messages.warning.mock.lastCall?.[0];
  }

  const folders = [{ uri: at('/w') }];

  afterEach(() => {
    Object.assign(workspace, { isTrusted: true, workspaceFolders: [] });
  });

  it.each([
    [{}, 'no folder is open'],
    [{ isTrusted: false, workspaceFolders: folders }, 'it is not trusted'],
    [{ workspaceFolders: folders }, 'the system does not allow it'],
  ])('says why its workspace does not take it: %o', async (surroundings, reason) => {
    settings.set('runs.location', 'workspace');
    Object.assign(workspace, surroundings);
    disk.refuses = (path) => path.startsWith('/w/');
    expect(await toldOf()).toBe(
      `The workspace cannot take runs, since ${reason}: this run is saved in the extension’s storage.`,
    );
  });

  it('names the folder of the workspace that takes it, and why the first does not', async () => {
    settings.set('runs.location', 'workspace');
    const two = [
      { name: 'one', uri: at('/one') },
      { name: 'two', uri: at('/two') },
    ];
    Object.assign(workspace, { workspaceFolders: two });
    disk.refuses = (path) => path.startsWith('/one/');
    expect(await toldOf()).toBe(
      'The folder “one” cannot take runs, since the system does not allow it: this run is saved in the folder “two”.',
    );
    expect([...disk.files.keys()].every((path) => path.startsWith('/two/'))).toBe(true);
  });

  it('says why the workspace’s storage does not take it', async () => {
    disk.refuses = (path) => path.startsWith('/storage/');
    expect(await toldOf()).toBe(
      'The storage of this workspace cannot be written, since the system does not allow it: this run is saved in the extension’s global storage.',
    );
  });
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

  it.each([
    ['with what was seen of it, where that can be read', /000020/, [10, 20]],
    ['without what was seen of it, where that cannot be read', /./, [20]],
  ])('is kept in the next folder %s', async (_, refused, steps) => {
    const { store } = newStore();
    const run = await store.create(defaultPreset.config, undefined);
    await run.store({ ...snapshot(10), moments: partOf([10]) });
    disk.refuses = (path) => path.startsWith('/storage') && refused.test(path);
    const late = { ...snapshot(20), moments: partOf([20]) };
    await expect(run.store(late)).rejects.toThrow('EROFS');
    const kept = await store.rescue(run, content);
    expect(kept.isLasting).toBe(true);
    const parts = (await kept.moments.read()).map((part) => readMomentPart(part).moments);
    expect(parts.flat().map(({ step }) => step)).toEqual(steps);
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

describe('the limit on disk usage', () => {
  const text = { name: 'tale.txt', bytes: new ArrayBuffer(1000) };
  const later = Date.now() + 120_000;

  const pathsOf = (id: string): string[] =>
    [...disk.files.keys()].filter((path) => path.includes(id));

  it('removes what is left of runs that ended before their first snapshot, and only of those', async () => {
    const { store } = newStore();
    const failed = await store.create(defaultPreset.config, text);
    const loading = await store.create(defaultPreset.config, text);
    const saved = await store.create(defaultPreset.config, text);
    await saved.store(snapshot(1));
    await new Ownership(loading.files, 'another', () => later).claim();
    await store.prune();
    expect(pathsOf(failed.id)).not.toEqual([]);
    vi.useFakeTimers({ now: later, toFake: ['Date'] });
    await store.prune();
    expect(pathsOf(failed.id)).toEqual([]);
    expect(pathsOf(loading.id)).toHaveLength(3);
    expect(pathsOf(saved.id).some((path) => path.endsWith('data.txt'))).toBe(true);
  });

  it('is kept by giving up texts together with checkpoints', async () => {
    const { store } = newStore();
    const run = await store.create(defaultPreset.config, text);
    await run.store(snapshot(1));
    settings.set('runs.maximumDiskUsage', 900 / 1024 / 1024);
    await store.prune();
    expect(pathsOf(run.id).map((path) => path.split('/').at(-1))).toEqual(['run.transformer.json']);
  });

  it('is kept by the other runs where one cannot be written, nor another read', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { store, messages } = newStore();
    const runs = [];
    for (let count = 0; count < 4; count++) {
      vi.setSystemTime(Date.now() + 1000);
      runs.push(await store.create(defaultPreset.config, undefined));
    }
    const [readOnly, closed, full, empty] = runs;
    for (const run of [readOnly, closed, full]) await run?.store(snapshot(1));
    disk.refuses = (path) =>
      path.endsWith(`${readOnly?.id ?? ''}/run.transformer.json.tmp`) ||
      path.endsWith(`${closed?.id ?? ''}/owner.json`);
    vi.setSystemTime(later);
    settings.set('runs.maximumDiskUsage', 1e-6);
    await store.prune();
    const left = (run = full): (string | undefined)[] =>
      pathsOf(run?.id ?? '').map((path) => path.split('/').at(-1));
    expect(left(readOnly)).toContain('step-000001.safetensors');
    expect(left(full)).toEqual(['run.transformer.json']);
    expect(left(empty)).toEqual([]);
    const logged = messages.logged.mock.calls.map(([line]) => String(line));
    for (const run of [readOnly, closed]) {
      expect(logged).toContainEqual(expect.stringMatching(`${run?.id ?? ''}: .*EROFS`));
    }
  });

  it('leaves nothing of a run where the disk ran full while it was made', async () => {
    const { store } = newStore();
    disk.refuses = (path) => path.startsWith('/storage') && path.includes('run.transformer.json');
    const run = await store.create(defaultPreset.config, text);
    expect(pathsOf(run.id).every((path) => path.startsWith('/global'))).toBe(true);
  });
});

describe('a run that was found damaged', () => {
  it('is offered no more, and the one before it is', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { store } = newStore();
    const older = await store.create(defaultPreset.config, undefined);
    await older.store(snapshot(1));
    vi.setSystemTime(Date.now() + 1000);
    const newer = await store.create(defaultPreset.config, undefined);
    await newer.store(snapshot(2));
    const offered = async (): Promise<string | undefined> => (await store.newestToContinue())?.id;
    expect(await offered()).toBe(newer.id);
    store.giveUp(newer);
    expect(await offered()).toBe(older.id);
    vi.setSystemTime(Date.now() + 1000);
    await newer.store(snapshot(3));
    expect(await offered()).toBe(newer.id);
  });
});
