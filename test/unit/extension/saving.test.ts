/**
 * @file What becomes of a run whose folder cannot be written: by the engine's snapshots, Save
 * Checkpoint and Stop.
 */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Engine } from '../../../extension/engine/engine';
import type { EngineNews } from '../../../extension/engine/news';
import type { Playground } from '../../../extension/playground/playground';
import { Ownership } from '../../../extension/runs/ownership';
import { MemoryFiles, type RunFiles } from '../../../extension/runs/runFiles';
import type { RunStore } from '../../../extension/runs/runStore';
import { StoredRun, type RunContent } from '../../../extension/runs/storedRun';
import { defaultPreset } from '../../../webview/config/presets';
import type { Snapshot } from '../../../webview/protocol/engineApi';
import { factsOf } from '../support/facts';
import { snapshotAt } from '../support/hostedEngine';

vi.mock('vscode', () => import('../support/vscode'));

const inTheWay = (): Error => new Error("Error: ENOTDIR: not a directory, stat '/home/ann/runs'");

/** A folder on disk that can come to be in somebody's way. */
class DiskFiles extends MemoryFiles {
  override readonly lasting = true;
  blocked = false;
  /** Writes that fail before one succeeds. */
  failsNext = 0;

  override read(name: string): Promise<Uint8Array | undefined> {
    return this.blocked ? Promise.reject(inTheWay()) : super.read(name);
  }

  override write(name: string, bytes: Uint8Array): Promise<void> {
    this.failsNext -= 1;
    const fails = this.blocked || this.failsNext >= 0;
    return fails ? Promise.reject(inTheWay()) : super.write(name, bytes);
  }
}

let engine: Engine;

afterEach(() => {
  engine.dispose();
});

/** Trains a run whose folder can be blocked. `elsewhere` is where it can be saved then. */
async function training(elsewhere: RunFiles = new MemoryFiles()) {
  const files = new DiskFiles();
  const told: EngineNews[] = [];
  const pageHears: unknown[] = [];
  const listeners = new Map<string, (value: never) => unknown>();
  const emit = (name: string, value: unknown): void => {
    listeners.get(name)?.(value as never);
  };
  const endpoint = {
    request: (name: string) =>
      Promise.resolve(name === 'snapshot' ? snapshotAt(7, 'request') : factsOf('r')),
    emit: (name: string, payload: unknown) => pageHears.push({ [name]: payload }),
    on: (name: string, listener: (value: never) => unknown) => listeners.set(name, listener),
  };
  const playground = { endpoint, open: () => Promise.resolve(endpoint) };
  const store = {
    create: () => StoredRun.create(files, 'r', defaultPreset.config, undefined),
    rescue: (run: StoredRun, content: RunContent) =>
      run.copyTo(files.blocked ? elsewhere : files, content),
    ownership: () => new Ownership(files, 'here'),
    pruneSometimes: () => Promise.resolve(),
  };
  engine = new Engine(
    playground as unknown as Playground,
    store as unknown as RunStore,
    () => undefined,
  );
  engine.follow(endpoint as never);
  await engine.begin(defaultPreset.config, undefined);
  emit('state', { phase: 'training', runId: 'r', step: 5, steps: 100 });
  engine.onNews((news) => told.push(news));
  const reach = async (step: number, reason?: Snapshot['reason']): Promise<void> => {
    emit('metrics', snapshotAt(step).metrics);
    await engine.storeSnapshot(snapshotAt(step, reason));
  };
  const stop = async (): Promise<void> => {
    await reach(9, 'stop');
    emit('state', { phase: 'idle', last: { runId: 'r', step: 9, steps: 100, outcome: 'stopped' } });
    await engine.settled();
  };
  return { files, told, pageHears, reach, stop };
}

describe('Save Checkpoint', () => {
  it('lets the page know once the checkpoint is on disk, and only then', async () => {
    const { files, pageHears } = await training();
    files.failsNext = 1;
    await expect(engine.saveCheckpoint()).rejects.toThrow();
    expect(pageHears).not.toContainEqual({ stored: { runId: 'r' } });
    await engine.saveCheckpoint();
    expect(pageHears).toContainEqual({ stored: { runId: 'r' } });
  });

  it('says that the checkpoint could not be saved, and why, without a path', async () => {
    const { files } = await training();
    files.blocked = true;
    await expect(engine.saveCheckpoint()).rejects.toThrow(
      /^The checkpoint of step 7 could not be saved: a file lies[^/]*$/,
    );
  });
});

describe('Stop while the run’s folder cannot be written', () => {
  it('keeps the run at its last step, to be resumed, and says so and nothing else', async () => {
    const elsewhere = new MemoryFiles();
    const { files, told, reach, stop } = await training(elsewhere);
    await reach(5);
    files.blocked = true;
    await stop();
    expect(told.map(({ kind }) => kind)).toEqual(['rescued', 'ended']);
    expect(engine.run?.stored.isLasting).toBe(false);
    const kept = await StoredRun.open(elsewhere);
    expect(kept?.record).toMatchObject({ state: 'stopped', step: 9, checkpoints: [{ step: 9 }] });
    expect((await kept?.history())?.metrics.map(({ step }) => step)).toEqual([5, 9]);
  });

  it('says so too where it was told in training that nothing can be saved', async () => {
    const { files, told, reach, stop } = await training();
    files.blocked = true;
    await reach(5);
    await stop();
    expect(told.map(({ kind }) => kind)).toEqual(['not-saved', 'rescued', 'ended']);
  });

  it('keeps it also where nothing of the folder is left', async () => {
    const { files, told, reach, stop } = await training();
    await reach(5);
    await files.destroy();
    files.blocked = true;
    await stop();
    expect(told.map(({ kind }) => kind)).toEqual(['rescued', 'ended']);
    expect(engine.run?.stored.storedStep).toBe(9);
  });

  it('says nothing where the folder takes it after all', async () => {
    const { files, told, stop } = await training();
    files.failsNext = 2;
    await stop();
    expect(told.map(({ kind }) => kind)).toEqual(['ended']);
    expect((await StoredRun.open(files))?.storedStep).toBe(9);
  });

  it('is no news where all is written', async () => {
    const { told, stop } = await training();
    await stop();
    expect(told.map(({ kind }) => kind)).toEqual(['ended']);
  });
});
