/** @file A watched run is shown as it grows, and no longer than another window trains it. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Watching } from '../../../extension/engine/watching';
import { Ownership } from '../../../extension/runs/ownership';
import { MemoryFiles } from '../../../extension/runs/runFiles';
import { StoredRun } from '../../../extension/runs/storedRun';
import { defaultPreset } from '../../../webview/config/presets';
import type { Snapshot } from '../../../webview/protocol/engineApi';
import { factsOf } from '../support/facts';

vi.mock('vscode', () => import('../support/vscode'));

const facts = factsOf('r');

const snapshot = (step: number): Snapshot => ({
  runId: 'r',
  step,
  reason: 'interval',
  checkpoint: new ArrayBuffer(8),
  metrics: [{ step, time: step, learningRate: 0, gradientNorm: 0, tokens: step }],
  samples: [],
});

async function watched() {
  const files = new MemoryFiles();
  const there = new Ownership(files, 'there');
  const run = await StoredRun.create(files, 'r', defaultPreset.config, undefined);
  await there.claim();
  await run.recordFacts(facts);
  await run.store(snapshot(10));
  const onChange = vi.fn();
  const watching = new Watching(onChange);
  await watching.start(run, new Ownership(files, 'here'));
  return { run, there, watching, onChange };
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('a run of another window', () => {
  it('grows on the page with every snapshot, and says nothing between them', async () => {
    const { run, watching, onChange } = await watched();
    expect(watching.history?.facts.step).toBe(10);
    await vi.advanceTimersByTimeAsync(6000);
    expect(onChange).toHaveBeenCalledTimes(1);
    await run.store(snapshot(20));
    await vi.advanceTimersByTimeAsync(3000);
    expect(watching.history?.metrics).toHaveLength(2);
    expect(onChange).toHaveBeenCalledTimes(2);
    watching.dispose();
  });

  it('is watched no longer once it was stopped there', async () => {
    const { run, watching, onChange } = await watched();
    await run.recordState('stopped');
    await vi.advanceTimersByTimeAsync(3000);
    expect(watching.history).toBeUndefined();
    expect(onChange).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(6000);
    expect(onChange).toHaveBeenCalledTimes(2);
  });

  it('is watched no longer once its window was killed', async () => {
    const { watching } = await watched();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(watching.history).toBeDefined();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(watching.history).toBeUndefined();
  });

  it('is watched no longer once its window gave it free', async () => {
    const { there, watching } = await watched();
    await there.release();
    await vi.advanceTimersByTimeAsync(3000);
    expect(watching.history).toBeUndefined();
  });
});
