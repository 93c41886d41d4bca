/** @file What a run reports of itself: losses, tokens, samples, and what goes into a snapshot. */
import { beforeAll, describe, expect, it, vi } from 'vitest';

import type { BackendReport } from '../../../webview/config/backend';
import { defaultSampling } from '../../../webview/config/presets';
import type { RunConfig } from '../../../webview/config/run';
import * as tf from '../../../webview/backends/tf';
import type { MetricPoint, Sample } from '../../../webview/formats/metrics';
import { checkpointsToKeep } from '../../../webview/formats/runFolder';
import { model } from '../../../webview/model/model';
import { dispose, read } from '../../../webview/ops/values';
import { dryPass } from '../../../webview/training/dryPass';
import type { Snapshot } from '../../../webview/protocol/engineApi';
import { Trainer } from '../../../webview/training/trainer';
import { ActiveRun } from '../../../webview/worker/activeRun';
import { loadDataset, type Dataset } from '../../../webview/worker/dataset';
import { write } from '../../../webview/worker/write';
import { useBackend } from '../support/backends';
import { asset, shortRun, verse } from '../support/session';

beforeAll(() => useBackend('cpu'));

interface Tested {
  readonly run: ActiveRun;
  readonly metrics: MetricPoint[];
  readonly samples: Sample[];
}

/** Every weight of the model is this number. */
function constant(config: RunConfig, dataset: Dataset, value: number) {
  const shape = { ...config.model, vocabulary: dataset.tokenizer.vocabularySize };
  const weights = dryPass(model, shape).parameters.map(({ name, shape: sizes }) => {
    const size = sizes.reduce((product, axis) => product * axis, 1);
    return [name, new Float32Array(size).fill(value)] as const;
  });
  return { weights: new Map(weights), step: 0 };
}

/** A run that a test drives step by step. */
async function runOf(
  config: RunConfig,
  {
    text = verse,
    weights,
    backend = 'cpu',
    score,
  }: {
    readonly text?: string;
    /** That all weights are. */
    readonly weights?: number;
    readonly backend?: BackendReport['backend'];
    readonly score?: Dataset['score'];
  } = {},
): Promise<Tested> {
  const bytes = new TextEncoder().encode(text).buffer;
  const dataset = await loadDataset(
    config,
    { name: 'a.txt', bytes },
    {
      asset,
      yieldTo: () => Promise.resolve(),
      signal: new AbortController().signal,
      onProgress: () => undefined,
    },
  );
  const restored = weights === undefined ? {} : { restored: constant(config, dataset, weights) };
  const shape = { ...config.model, vocabulary: dataset.tokenizer.vocabularySize };
  const metrics: MetricPoint[] = [];
  const samples: Sample[] = [];
  const run = new ActiveRun({
    runId: 'run-1',
    config,
    dataset: score ? { ...dataset, score } : dataset,
    trainer: new Trainer({ model, config: shape, training: config.training, ...restored }),
    backend: { backend, reason: 'Test.', rejected: [], versions: {} },
    device: undefined,
    events: {
      metrics: (points) => metrics.push(...points),
      sample: ({ sample }) => samples.push(sample),
      notice: () => undefined,
    },
    notices: [],
  });
  return { run, metrics, samples };
}

const never = new AbortController().signal;

describe('a validation loss', () => {
  it('is the mean over all evaluation batches', async () => {
    const config = shortRun({}, { batchSize: 1, evaluationBatches: 3 });
    // The beginning of the validation part and its end are written in other letters.
    const text = `${'ab'.repeat(500)}${'c'.repeat(55)}${'de'.repeat(28)}`;
    const { run, metrics } = await runOf(config, { text });
    await run.observe(never);
    // Three windows of 8, the first at the start, the last at the end, are one batch of three.
    const { validation } = run.dataset.task;
    const last = validation.length - 9;
    const windows = [0, Math.floor(last / 2), last].map((at) => validation.slice(at, at + 9));
    const lossOf = async (rows: readonly Int32Array[]): Promise<number> => {
      const loss = run.trainer.evaluate({
        inputs: Int32Array.from(rows.flatMap((row) => [...row.slice(0, 8)])),
        targets: Int32Array.from(rows.flatMap((row) => [...row.slice(1)])),
        batchSize: rows.length,
        context: 8,
      });
      const [value = NaN] = await read(loss);
      dispose(loss);
      return value;
    };
    const told = metrics[0]?.validationLoss ?? NaN;
    expect(told).toBeCloseTo(await lossOf(windows), 5);
    expect(Math.abs(told - (await lossOf(windows.slice(0, 1))))).toBeGreaterThan(1e-3);
    run.dispose();
  });
});

describe('a run that learns its text by heart', () => {
  it('tells with each snapshot the loss it has by then, so that its best checkpoint is kept', async () => {
    const config = shortRun({}, { steps: 40, sampleEvery: 40 });
    const { run } = await runOf(config);
    const evaluate = vi.spyOn(run.trainer, 'evaluate');
    const taken = [7, 17, 18, 19];
    const snapshots: Snapshot[] = [];
    const losses = [3.5, 3.25, 3, 6.5];
    for (let step = 0; step < 20; step++) {
      if (step % 5 === 0) evaluate.mockImplementationOnce(() => tf.scalar(losses.shift() ?? NaN));
      await run.observe(never);
      if (taken.includes(step)) snapshots.push(await run.snapshot('interval'));
      await run.advance();
    }
    // Evaluated at 0, 5, 10 and 15; when its loss was lowest no snapshot was taken.
    expect(snapshots.map(({ step, validationLoss }) => [step, validationLoss])).toEqual([
      [7, 3.25],
      [17, 6.5],
      [18, 6.5],
      [19, 6.5],
    ]);
    expect([...checkpointsToKeep(snapshots)].sort((a, b) => a - b)).toEqual([7, 17, 18, 19]);
    run.dispose();
  });
});

describe('a run that was evaluated before its first step alone', () => {
  it('is not told by what it came to untrained, once it has learned', async () => {
    const { run } = await runOf(shortRun());
    await run.observe(never);
    const untrained = await run.snapshot('pause');
    expect(untrained.validationLoss).toBeCloseTo(run.dataset.baselines.uniform, 1);
    await run.advance();
    expect(await run.snapshot('interval')).not.toHaveProperty('validationLoss');
    run.dispose();
  });
});

describe('the tokens of a run', () => {
  it('are all positions of all rows of its batches', async () => {
    const { run, metrics } = await runOf(shortRun({ context: 8 }, { batchSize: 2 }));
    for (let step = 0; step < 3; step++) await run.advance();
    const { metrics: saved } = await run.snapshot('request');
    expect(saved.map(({ step, tokens }) => [step, tokens])).toEqual([
      [0, 0],
      [1, 16],
      [2, 32],
    ]);
    expect(saved).toEqual(metrics);
    run.dispose();
  });
});

describe('a sample', () => {
  it('parts documents by an empty line where the model ended one and began another', async () => {
    // Where all weights are 0, all tokens are as likely: a, b and the end of text.
    const config = shortRun({}, { sampleLength: 60 });
    const { run, samples } = await runOf(config, { text: 'ab'.repeat(100), weights: 0 });
    await run.observe(never);
    const documents = samples[0]?.text.split('\n\n') ?? [];
    // Of 60 draws 20 are the end, with a deviation of 3.7.
    expect(documents.length).toBeGreaterThan(6);
    expect(documents.length).toBeLessThan(36);
    const written = documents.join('');
    expect(written).toMatch(/^[ab]*$/);
    expect(written.length + documents.length - 1).toBe(60);
    run.dispose();
  });

  it('is short before the first step, where it is noise and keeps that step waiting', async () => {
    const config = shortRun({}, { sampleEvery: 1, sampleLength: 90 });
    const { run, samples } = await runOf(config, { text: 'ab'.repeat(100), weights: 0 });
    await run.observe(never);
    await run.advance();
    await run.observe(never);
    // An end of text takes two characters, as the empty line that it becomes.
    const tokens = samples.map(({ text }) => text.replaceAll('\n\n', '.').length);
    expect(tokens).toEqual([60, 90]);
    run.dispose();
  });

  it('is drawn anew at each step, so that a model that stands still does not repeat itself', async () => {
    const config = shortRun({}, { sampleEvery: 1, sampleLength: 40, learningRate: 0 });
    const { run, samples } = await runOf(config, { text: 'ab'.repeat(100), weights: 0 });
    await run.observe(never);
    await run.advance();
    await run.observe(never);
    expect(samples.map(({ step }) => step)).toEqual([0, 1]);
    expect(samples[0]?.text).not.toBe(samples[1]?.text);
    run.dispose();
  });

  it('carries what share of it is right', async () => {
    const score = (text: string) => ({ lexiconShare: text.length / 8, sentenceShare: 0.5 });
    const { run, samples } = await runOf(shortRun({}, { sampleLength: 6 }), {
      text: 'ab'.repeat(100),
      weights: 0,
      score,
    });
    await run.observe(never);
    expect(samples).toMatchObject([
      { lexiconShare: (samples[0]?.text.length ?? NaN) / 8, sentenceShare: 0.5 },
    ]);
    run.dispose();
  });
});

describe('a text written from a prompt', () => {
  it('parts documents by an empty line as a sample does, streamed and whole', async () => {
    const { run } = await runOf(shortRun(), { text: 'ab'.repeat(100), weights: 0 });
    const pieces: string[] = [];
    const sampling = { ...defaultSampling, maxTokens: 60, stopAtEnd: false };
    const params = { id: 'prompt-1', prompt: 'ab', sampling };
    const { text, tokens } = await write(run, params, never, (piece) => pieces.push(piece.text));
    const documents = text.split('\n\n');
    expect(tokens).toBe(60);
    expect(documents.length).toBeGreaterThan(6);
    expect(documents.join('').length + documents.length - 1).toBe(60);
    expect(pieces.join('')).toBe(text);
    run.dispose();
  });
});

describe('a run whose loss explodes', () => {
  it.each(['cpu', 'webgpu'] as const)('ends its curve at that loss on %s', async (backend) => {
    const training = { steps: 10_000, learningRate: 1000, clipNorm: 0, warmupSteps: 0 };
    const { run, metrics } = await runOf(shortRun({}, training), { backend });
    const advance = async (): Promise<void> => {
      for (let step = 0; step < 20; step++) await run.advance();
    };
    const failure: unknown = await advance().catch((error: unknown) => error);
    const said = /at step (\d+): the loss is ([\d.]+),/.exec((failure as Error).message);
    // Every step up to the one that the failure is about.
    const last = Number(said?.[1]);
    expect(metrics.map(({ step }) => step)).toEqual(Array.from({ length: last + 1 }, (_, i) => i));
    expect(metrics.at(-1)?.loss?.toFixed(1)).toBe(said?.[2]);
    run.dispose();
  });
});

describe('a snapshot that could not be stored', () => {
  it('gives what it held to the next one, before what came after it', async () => {
    const { run, metrics, samples } = await runOf(shortRun({}, { sampleEvery: 1 }));
    const step = async (): Promise<Snapshot> => {
      await run.observe(never);
      await run.advance();
      return run.snapshot('interval');
    };
    run.takeBack(await step());
    expect(run.hasNews).toBe(true);
    const next = await step();
    expect(next.metrics).toEqual(metrics);
    expect(next.samples).toEqual(samples);
    expect(samples.map((sample) => sample.step)).toEqual([0, 1]);
    run.dispose();
  });
});

describe('a snapshot on a graphics device, whose losses are read eight at a time', () => {
  it('holds every loss up to its step', async () => {
    const { run, metrics } = await runOf(shortRun(), { backend: 'webgpu' });
    for (let step = 0; step < 3; step++) await run.advance();
    expect(metrics).toEqual([]);
    const saved = await run.snapshot('hide');
    expect(saved.metrics.map(({ step }) => step)).toEqual([0, 1, 2]);
    run.dispose();
  });

  it('is never made of weights that are no numbers any more', async () => {
    const { run } = await runOf(shortRun(), { backend: 'webgpu', weights: NaN });
    await run.advance();
    await expect(run.snapshot('hide')).rejects.toMatchObject({ code: 'training-diverged' });
    run.dispose();
  });
});
