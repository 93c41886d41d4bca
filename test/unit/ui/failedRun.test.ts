/**
 * @file What stands over a run that failed: that Resume there continues no other one, and is
 * promised only where it is there.
 */
import { describe, expect, it } from 'vitest';
import type { PlaygroundView } from '../../../webview/protocol/playgroundApi';
import { canBringFailed, failureTitle, remedyOf } from '../../../webview/ui/views/failedRun';

const failed = (code: string, step?: number) => ({
  phase: 'failed' as const,
  runId: 'r2',
  failure: { code, message: '', remedy: '' },
  ...(step === undefined ? {} : { step }),
});

const resumable = (runId: string) => ({ runId, name: 'Tiny GPT', step: 40, steps: 100 });

const view = (name: string): PlaygroundView => ({
  backend: 'auto',
  trusted: true,
  watching: false,
  run: { runId: 'r2', name },
});

describe('a failed run', () => {
  it('is not resumed as another one that was kept', () => {
    expect(canBringFailed(failed('device-lost', 12), resumable('r1'))).toBe(false);
    expect(canBringFailed(failed('device-lost', 12), resumable('r2'))).toBe(true);
  });

  it('is not resumed into the same divergence', () => {
    expect(canBringFailed(failed('training-diverged', 12), resumable('r2'))).toBe(false);
  });

  it('that made no step is told as one that could not start, by its name', () => {
    expect(failureTitle(failed('text-short'), view('e-50.txt'))).toBe('Could not start “e-50.txt”');
    expect(failureTitle(failed('text-short', 0), undefined)).toBe('Could not start the run');
    expect(failureTitle(failed('text-short', 3), view('e-50.txt'))).toBe('Training stopped');
  });
});

describe('an engine that died', () => {
  const trained = { runId: 'r2', name: 'Tiny GPT', step: 100, steps: 100 };
  const failure = {
    code: 'engine-died',
    message: '',
    remedy: 'Train, resume or load a run: that starts it anew.',
  };
  const idle = { phase: 'failed' as const, failure };
  const running = failed('engine-died', 12);
  const unknown = { resumable: undefined, isLookedUp: false, hasRun: true };
  const nothing = { ...unknown, isLookedUp: true };
  const beingLookedUp = 'What was saved of the run is being looked up.';
  const nothingSaved = 'Nothing of the run was saved that could be resumed: train again.';

  it.each([
    ['under a run that was saved', running, resumable('r2'), /^Resume continues from the last/],
    ['under a run that is trained', running, trained, /^Load “Tiny GPT” to write with it/],
    ['after a run that was saved', idle, resumable('r2'), /^Resume “Tiny GPT” to go on/],
    ['after a run that is trained', idle, trained, /^Load “Tiny GPT” to write with it/],
  ])('%s says what its button does', (_when, engine, run, remedy) => {
    for (const isLookedUp of [false, true]) {
      expect(remedyOf(engine, { ...unknown, isLookedUp, resumable: run })).toMatch(remedy);
    }
    expect(canBringFailed(engine, run)).toBe(true);
  });

  it.each([
    ['under a run', running, unknown, nothing],
    [
      'under a run beside another one',
      running,
      { ...unknown, resumable: resumable('r1') },
      { ...nothing, resumable: resumable('r1') },
    ],
    ['after a run', idle, unknown, nothing],
  ])('%s that was not saved says so once that is known', (_when, engine, before, after) => {
    expect(remedyOf(engine, before)).toBe(beingLookedUp);
    expect(remedyOf(engine, after)).toBe(nothingSaved);
  });

  it('where no run was has lost nothing', () => {
    expect(remedyOf(idle, { ...nothing, hasRun: false })).toBe(failure.remedy);
  });

  it('alone is told so: another failure has its own remedy', () => {
    const other = { ...idle, failure: { ...failure, code: 'engine-start', remedy: 'Try again.' } };
    expect(remedyOf(other, nothing)).toBe('Try again.');
  });
});
