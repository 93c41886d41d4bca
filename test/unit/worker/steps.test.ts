/** @file One step after the other: how many wait for a graphics device, and which are saved. */
import { beforeAll, describe, expect, it, vi } from 'vitest';

import { submittedWorkDone } from '../../../webview/backends/queue';
import { model } from '../../../webview/model/model';
import { read } from '../../../webview/ops/values';
import { Trainer } from '../../../webview/training/trainer';
import { ActiveRun } from '../../../webview/worker/activeRun';
import { loadDataset } from '../../../webview/worker/dataset';
import { useBackend } from '../support/backends';
import { asset, shortRun, verse } from '../support/session';

vi.mock('../../../webview/backends/queue', () => ({
  submittedWorkDone: vi.fn(() => Promise.resolve()),
}));

beforeAll(() => useBackend('cpu'));

/** A run at a step from which on not each is a point of the curve. */
async function longRun(): Promise<ActiveRun> {
  const config = shortRun({}, { steps: 10_000 });
  const dataset = await loadDataset(
    config,
    { name: 'a.txt', bytes: new TextEncoder().encode(verse).buffer },
    {
      asset,
      yieldTo: () => Promise.resolve(),
      signal: new AbortController().signal,
      onProgress: () => undefined,
    },
  );
  const shape = { ...config.model, vocabulary: dataset.tokenizer.vocabularySize };
  const options = { model, config: shape, training: config.training };
  const fresh = new Trainer(options);
  const weights = new Map<string, Float32Array>();
  for (const [name, tensor] of fresh.parameters.tensors) weights.set(name, await read(tensor));
  fresh.dispose();
  return new ActiveRun({
    runId: 'run-1',
    config,
    dataset,
    trainer: new Trainer({ ...options, restored: { weights, step: 1000 } }),
    backend: { backend: 'cpu', reason: 'Test.', rejected: [], versions: {} },
    device: undefined,
    events: { metrics: () => undefined, sample: () => undefined, notice: () => undefined },
    notices: [],
  });
}

describe('a run that is faster than its graphics device', () => {
  it('waits for the oldest of two steps, so that VS Code can draw meanwhile', async () => {
    const run = await longRun();
    const finish: (() => void)[] = [];
    vi.mocked(submittedWorkDone).mockImplementation(
      () =>
        new Promise((resolve) => {
          finish.push(resolve);
        }),
    );
    await run.advance();
    let advanced = false;
    const second = run.advance().then(() => {
      advanced = true;
    });
    await vi.waitUntil(() => finish.length === 2);
    await new Promise(setImmediate);
    expect(advanced).toBe(false);
    finish[0]?.();
    await second;
    vi.mocked(submittedWorkDone).mockResolvedValue();
    run.dispose();
  });
});

describe('a snapshot that could not be stored', () => {
  it('is still news, also where nothing was measured since the one before', async () => {
    const run = await longRun();
    await run.advance();
    await run.snapshot('interval');
    await run.advance();
    const lost = await run.snapshot('interval');
    expect([...lost.metrics, ...lost.samples]).toEqual([]);
    expect(run.hasNews).toBe(false);
    run.takeBack(lost);
    expect(run.hasNews).toBe(true);
    run.dispose();
  });
});
