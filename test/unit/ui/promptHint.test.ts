/** @file Generate that cannot work says what brings the model that is on the page. */
import { describe, expect, it } from 'vitest';
import type { EngineState } from '../../../webview/protocol/engineApi';
import { promptHint } from '../../../webview/ui/views/promptHint';
import { isTrained } from '../../../webview/ui/views/trained';

const run = (step: number) => ({ runId: 'r', name: 'Tiny GPT', step, steps: 60 });
const idle = {
  engine: { phase: 'idle' },
  watching: false,
  resumable: undefined,
  isClaimed: false,
} as const;
const failed = (code: string): EngineState => ({
  phase: 'failed',
  runId: 'r',
  step: 30,
  failure: { code, message: 'It failed.', remedy: 'Do something.' },
});

describe('a page without a model', () => {
  it.each([
    ['that is new', idle, 'Train a model first'],
    ['with a run to resume', { ...idle, resumable: run(20) }, 'Resume the run to write with it'],
    [
      'with a run that failed and can be resumed',
      { ...idle, engine: failed('device-lost'), resumable: run(20) },
      'Resume the run to write with it',
    ],
    [
      'with a run that diverged, and would again',
      { ...idle, engine: failed('training-diverged'), resumable: run(20) },
      'Train a model first',
    ],
    [
      'with a run that failed and an older one that can be resumed',
      { ...idle, engine: failed('engine-died'), resumable: { ...run(20), runId: 'older' } },
      'Train a model first',
    ],
    [
      'with a run that is trained',
      { ...idle, resumable: run(60) },
      'Load the model to write with it',
    ],
    [
      'that watches a run',
      { ...idle, watching: true },
      'The model is in another window: write with it there',
    ],
    [
      'whose run is not yet free',
      { ...idle, isClaimed: true },
      'The model can be loaded when its run is free',
    ],
    [
      'that is loading one',
      { ...idle, engine: { phase: 'loading', runId: 'r', activity: 'Starting' } },
      'The model is being loaded',
    ],
  ] as const)('%s says how to come by one', (_which, page, hint) => {
    expect(promptHint(page)).toBe(hint);
  });
});

it('is trained at its last step, not before', () => {
  expect([run(59), run(60)].map(isTrained)).toEqual([false, true]);
});
