/** @file The run in the engine: what is lost with its engine, and that a failed write is told once. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ActiveRun } from '../../../extension/engine/activeRun';
import { Ownership } from '../../../extension/runs/ownership';
import { MemoryFiles } from '../../../extension/runs/runFiles';
import { StoredRun } from '../../../extension/runs/storedRun';
import { defaultPreset } from '../../../webview/config/presets';
import type { Snapshot } from '../../../webview/protocol/engineApi';

const point = (step: number) => ({
  step,
  time: step,
  learningRate: 0,
  gradientNorm: 0,
  tokens: step,
});

const snapshot = (step: number): Snapshot => ({
  runId: 'r',
  step,
  reason: 'interval',
  checkpoint: new ArrayBuffer(8),
  metrics: [point(step)],
  samples: [],
});

async function activeRun() {
  const files = new MemoryFiles();
  const stored = await StoredRun.create(files, 'r', defaultPreset.config, undefined);
  const listener = { onNotSaved: vi.fn(), onTaken: vi.fn() };
  const run = new ActiveRun(stored, undefined, new Ownership(files, 'here'), listener);
  return { files, run, listener };
}

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('a run whose engine goes away', () => {
  it('is wound back to its last snapshot and says how many steps were lost', async () => {
    const { run } = await activeRun();
    run.addMetrics([point(1), point(2)]);
    await run.store(snapshot(2));
    run.addMetrics([point(3), point(4), point(5)]);
    expect(run.rewind()).toBe(3);
    expect(run.step).toBe(2);
    expect(run.metrics.map(({ step }) => step)).toEqual([1, 2]);
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

describe('a run that ends', () => {
  it('is free for other windows at once', async () => {
    const { files, run } = await activeRun();
    await run.claim();
    await run.end('stopped');
    expect(run.stored.record.state).toBe('stopped');
    expect(await new Ownership(files, 'there').other()).toBeUndefined();
  });
});
