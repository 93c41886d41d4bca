/** @file Generate that cannot work says what brings the model that is on the page. */
import { describe, expect, it } from 'vitest';
import { isTrained, promptHint } from '../../../webview/ui/views/promptHint';

const run = (step: number) => ({ runId: 'r', name: 'Tiny GPT', step, steps: 60 });
const idle = { phase: 'idle', watching: false, resumable: undefined } as const;

describe('a page without a model', () => {
  it.each([
    ['that is new', idle, 'Train a model first'],
    ['with a run to resume', { ...idle, resumable: run(20) }, 'Resume the run to write with it'],
    [
      'with a run that failed and can be resumed',
      { ...idle, phase: 'failed', resumable: run(20) },
      'Resume the run to write with it',
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
    ['that is loading one', { ...idle, phase: 'loading' }, 'The model is being loaded'],
  ] as const)('%s says how to come by one', (_which, page, hint) => {
    expect(promptHint(page)).toBe(hint);
  });
});

it('is trained at its last step, not before', () => {
  expect([run(59), run(60)].map(isTrained)).toEqual([false, true]);
});
