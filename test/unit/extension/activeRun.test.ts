/**
 * @file The run in the engine: what is lost with its engine, and that a failed write is told once.
 */
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { TextSource } from '../../../extension/datasets/decodeText';
import { ActiveRun } from '../../../extension/engine/activeRun';
import { Ownership } from '../../../extension/runs/ownership';
import { MemoryFiles } from '../../../extension/runs/runFiles';
import { StoredRun } from '../../../extension/runs/storedRun';
import { defaultPreset } from '../../../webview/config/presets';
import type { Sample } from '../../../webview/formats/metrics';
import type { Snapshot } from '../../../webview/protocol/engineApi';
import { factsOf } from '../support/facts';

vi.mock('vscode', () => import('../support/vscode'));

const point = (step: number) => ({
  step,
  time: step,
  learningRate: 0,
  gradientNorm: 0,
  tokens: step,
});

const text = (step: number): Sample => ({ step, prompt: '', text: 'a cat', temperature: 1 });

const snapshot = (step: number, metrics = [point(step)]): Snapshot => ({
  runId: 'r',
  step,
  reason: 'interval',
  checkpoint: new ArrayBuffer(8),
  metrics,
  samples: [],
});

async function activeRun(text?: TextSource) {
  const files = new MemoryFiles();
  const stored = await StoredRun.create(files, 'r', defaultPreset.config, text);
  const listener = { onNotSaved: vi.fn(), onTaken: vi.fn(), report: vi.fn() };
  const run = new ActiveRun(stored, text, new Ownership(files, 'here'), listener);
  return { files, run, listener };
}

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('a run whose engine goes away', () => {
  it('is kept from its first snapshot on, as long as that is there to be read', async () => {
    const { run, files, listener } = await activeRun();
    expect(await run.isKept()).toBe(false);
    await run.store(snapshot(3));
    expect(await run.isKept()).toBe(true);
    vi.spyOn(files, 'list').mockRejectedValueOnce(new Error('ENOTDIR: not a directory'));
    expect(await run.isKept()).toBe(false);
    expect(listener.report).toHaveBeenCalledOnce();
    await files.destroy();
    expect(await run.isKept()).toBe(false);
  });

  it('is wound back to its last snapshot and says how many steps were lost', async () => {
    const { run } = await activeRun();
    await run.loaded(factsOf('r'));
    run.addMetrics([point(1), point(2)]);
    run.addSample(text(2));
    await run.store(snapshot(2));
    run.addMetrics([point(3), point(4), point(5)]);
    run.addSample(text(4));
    expect(run.rewind()).toBe(3);
    expect(run.step).toBe(2);
    expect(run.metrics.map(({ step }) => step)).toEqual([1, 2]);
    expect(run.history?.samples).toEqual([text(2)]);
  });

  it('loses everything before its first snapshot', async () => {
    const { run } = await activeRun();
    run.reached(7);
    expect(run.rewind()).toBe(7);
    expect(run.step).toBe(0);
  });
});

describe('a run whose window closes', () => {
  it('is free at once, though nothing else can be written any more', async () => {
    const { files, run } = await activeRun();
    await run.claim();
    files.write = () => new Promise(() => undefined);
    void run.leave();
    await vi.waitFor(async () => {
      expect(await new Ownership(files, 'another').other()).toBeUndefined();
    });
  });
});

describe('a run whose folder is deleted while it is trained', () => {
  const text = { name: 'tale.txt', bytes: new TextEncoder().encode('once upon a time').buffer };

  async function deleted() {
    const { files, run } = await activeRun(text);
    await run.claim();
    await run.loaded(factsOf('r'));
    run.addMetrics([point(1), point(2)]);
    await run.store(snapshot(2, [point(1), point(2)]));
    run.addMetrics([point(3)]);
    for (const { name } of await files.list()) await files.remove(name);
    return { files, run };
  }

  it.each(['a snapshot', 'a checkpoint that was asked for'])(
    'is written again whole with %s',
    async (what) => {
      const { files, run } = await deleted();
      const next = snapshot(4, [point(3), point(4)]);
      await (what === 'a snapshot' ? run.store(next) : run.storeNow(next));
      const again = await StoredRun.open(files);
      expect(again?.record.checkpoints).toEqual([{ step: 4 }]);
      expect(new TextDecoder().decode((await again?.readText())?.bytes)).toBe('once upon a time');
      const history = await again?.history();
      expect(history?.metrics.map(({ step }) => step)).toEqual([1, 2, 3, 4]);
      run.dispose();
    },
  );

  it('is written again whole by whatever is written first', async () => {
    const { files, run } = await deleted();
    await run.entered('paused');
    const again = await StoredRun.open(files);
    expect(again?.record).toMatchObject({ state: 'paused', checkpoints: [] });
    expect(await again?.readText()).toBeDefined();
    expect((await again?.history())?.metrics.map(({ step }) => step)).toEqual([1, 2]);
    run.dispose();
  });
});

describe('a disk that cannot be written', () => {
  it('is told once, and again only after a write has succeeded', async () => {
    const { files, run, listener } = await activeRun();
    const write = vi.spyOn(files, 'write').mockRejectedValue(new Error('EROFS'));
    await run.store(snapshot(1));
    await run.store(snapshot(2));
    expect(listener.onNotSaved).toHaveBeenCalledTimes(1);
    write.mockRestore();
    await run.store(snapshot(3));
    vi.spyOn(files, 'write').mockRejectedValue(new Error('EROFS'));
    await run.store(snapshot(4));
    expect(listener.onNotSaved).toHaveBeenCalledTimes(2);
  });
});

describe('a disk that takes only small files', () => {
  it('is told once, though the heartbeat is written', async () => {
    vi.useFakeTimers();
    const { files, run, listener } = await activeRun();
    await run.claim();
    const write = files.write.bind(files);
    files.write = (name, bytes) =>
      name.startsWith('step-') ? Promise.reject(new Error('ENOSPC')) : write(name, bytes);
    await run.store(snapshot(1));
    await vi.advanceTimersByTimeAsync(10_000);
    await run.store(snapshot(2));
    expect(listener.onNotSaved).toHaveBeenCalledTimes(1);
    run.dispose();
  });
});

describe('a run that another window takes over', () => {
  it('is let go: nothing more of it may be written here', async () => {
    vi.useFakeTimers();
    const { files, run, listener } = await activeRun();
    await run.claim();
    // This window slept: another one found it silent and claimed the run.
    const later = Date.now() + 31_000;
    expect(await new Ownership(files, 'there', () => later).claim()).toBeUndefined();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(listener.onTaken).toHaveBeenCalledTimes(1);
    expect(run.isLive).toBe(false);
  });
});

describe('a run whose window slept', () => {
  it('is this window’s again where no other took it meanwhile', async () => {
    vi.useFakeTimers();
    const { files, run, listener } = await activeRun();
    await run.claim();
    const another = new Ownership(files, 'there');
    vi.setSystemTime(Date.now() + 8 * 3_600_000);
    expect(await another.other()).toBeUndefined();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await another.claim()).toMatchObject({ window: 'here' });
    expect(run.isLive).toBe(true);
    expect(listener.onTaken).not.toHaveBeenCalled();
    await run.end('stopped');
  });
});

describe('a run that ends', () => {
  it('says nothing when another window goes on with it, and writes nothing more', async () => {
    const { files, run, listener } = await activeRun();
    await run.claim();
    await run.end('stopped');
    expect(await new Ownership(files, 'there').claim()).toBeUndefined();
    await run.store(snapshot(5));
    expect(await run.storeNow(snapshot(6))).toBe(false);
    expect(listener.onTaken).not.toHaveBeenCalled();
    expect((await StoredRun.open(files))?.record.checkpoints).toEqual([]);
  });

  it('is free for other windows at once', async () => {
    const { files, run } = await activeRun();
    await run.claim();
    await run.end('stopped');
    expect(run.stored.record.state).toBe('stopped');
    expect(await new Ownership(files, 'there').other()).toBeUndefined();
  });
});
