/** @file What the generation view is told: whose weights write, and what brings a model. */
import { expect, it } from 'vitest';
import { generationView, lastPattern } from '../../../extension/generation/generationView';
import type { EngineState } from '../../../webview/protocol/engineApi';

const paths = ['decoder.0.selfAttention.pattern', 'decoder.1.selfAttention.pattern', 'logits'];

const told = (state: EngineState) =>
  generationView({ state, runName: 'Tiny GPT', resumable: true, paths });

it('a model writes in training, paused and after its end', () => {
  const run = { runId: 'r', name: 'Tiny GPT', step: 7 };
  for (const phase of ['training', 'paused'] as const) {
    expect(told({ phase, runId: 'r', step: 7, steps: 9 })).toMatchObject({ phase, run });
  }
  const last = { runId: 'r', step: 7, steps: 9, outcome: 'stopped' } as const;
  expect(told({ phase: 'idle', last })).toMatchObject({ run });
  expect(told({ phase: 'idle', last: { ...last, unloaded: true } }).run).toBeUndefined();
});

it('without a model it says what is done, or why not', () => {
  const loading = { phase: 'loading', runId: 'r', activity: 'Counting' } as const;
  expect(told(loading)).toMatchObject({ activity: 'Counting', resumable: true });
  const failure = { code: 'x', message: 'It failed.', remedy: 'Resume.' };
  expect(told({ phase: 'failed', failure })).toMatchObject({ failure });
  expect(told({ phase: 'failed', failure }).run).toBeUndefined();
});

it('attention is looked at in the last layer, and not in a model without any', () => {
  expect(lastPattern(paths)).toBe('decoder.1.selfAttention.pattern');
  const without = { state: { phase: 'idle' }, runName: '', resumable: false } as const;
  expect(generationView({ ...without, paths: ['logits'] }).attends).toBe(false);
});
