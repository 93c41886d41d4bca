/** @file The rules of a run's folder: what is kept, what a resume reads, who owns it. */
import { describe, expect, it } from 'vitest';
import {
  checkpointFile,
  checkpointsToKeep,
  filesAfter,
  isStale,
  joinParts,
  metricsFile,
  parseStepFile,
  samplesFile,
  stepsOf,
} from '../../../webview/formats/runFolder';

describe('names', () => {
  it('are made and read back, also for very long runs', () => {
    expect(metricsFile(500)).toBe('metrics-000500.jsonl');
    expect(samplesFile(0)).toBe('samples-000000.jsonl');
    expect(checkpointFile(12345678)).toBe('step-12345678.safetensors');
    expect(parseStepFile('step-12345678.safetensors')).toEqual({
      kind: 'checkpoint',
      step: 12345678,
    });
    expect(parseStepFile('metrics-000500.jsonl')).toEqual({ kind: 'metrics', step: 500 });
  });

  it.each([
    'metrics-500.jsonl',
    'metrics-0000500.jsonl',
    'metrics-000500.safetensors',
    'step-000500.jsonl',
    'step-000500.safetensors.tmp',
    'metrics-9999999999999999999.jsonl',
    'run.transformer.json',
  ])('leave %s alone, which is none of ours', (name) => {
    expect(parseStepFile(name)).toBeUndefined();
  });
});

describe('a run that is taken up again', () => {
  const names = ['step-000500.safetensors', 'step-1000000.safetensors', 'step-000700.safetensors']
    .concat(['metrics-000500.jsonl', 'metrics-000700.jsonl', 'samples-000700.jsonl'])
    .concat(['owner.json', 'notes.txt']);

  it('finds its files in the order of their steps, not of their names', () => {
    expect(stepsOf('checkpoint', names)).toEqual([500, 700, 1000000]);
    expect(stepsOf('checkpoint', ['owner.json'])).toEqual([]);
    expect(stepsOf('metrics', names)).toEqual([500, 700]);
  });

  it('drops only files of later steps', () => {
    expect(filesAfter(names, 500)).toEqual([
      'step-1000000.safetensors',
      'step-000700.safetensors',
      'metrics-000700.jsonl',
      'samples-000700.jsonl',
    ]);
  });

  it('draws one curve: of a step that was measured twice only what came last', () => {
    const first = [1, 2, 3, 4].map((step) => ({ step, from: 'first' }));
    const second = [
      { step: 3, from: 'second' },
      { step: 3, from: 'second again' },
      { step: 5, from: 'second' },
    ];
    expect(joinParts([first, second])).toEqual([
      { step: 1, from: 'first' },
      { step: 2, from: 'first' },
      { step: 3, from: 'second' },
      { step: 3, from: 'second again' },
      { step: 4, from: 'first' },
      { step: 5, from: 'second' },
    ]);
  });
});

describe('retention', () => {
  it('keeps the best and the last three', () => {
    const losses = [NaN, 2, 1.5, 1.8, NaN, 1.9, 2.1];
    const checkpoints = losses.map((validationLoss, index) => ({
      step: (index + 1) * 100,
      validationLoss,
    }));
    expect([...checkpointsToKeep(checkpoints)].sort((a, b) => a - b)).toEqual([300, 500, 600, 700]);
    expect([...checkpointsToKeep([...checkpoints].reverse())].length).toBe(4);
  });

  it('keeps the earliest of equally good ones, and three where none was measured', () => {
    const even = [1, 2, 3, 4, 5].map((step) => ({ step, validationLoss: 1 }));
    expect([...checkpointsToKeep(even)].sort()).toEqual([1, 3, 4, 5]);
    expect([...checkpointsToKeep(even.map(({ step }) => ({ step })))]).toEqual([3, 4, 5]);
    expect(checkpointsToKeep([]).size).toBe(0);
  });
});

describe('an owner', () => {
  const owner = { window: 'a', heartbeat: 1_000_000 };

  it('is gone after 30 seconds of silence, not before', () => {
    expect(isStale(owner, 1_030_000)).toBe(false);
    expect(isStale(owner, 1_030_001)).toBe(true);
  });

  it('does not hold a run for ever after the clock was set back', () => {
    expect(isStale(owner, 1_000_000 - 3_600_000)).toBe(true);
  });
});
