/** @file What stands over a run that failed, and that Resume there continues no other one. */
import { describe, expect, it } from 'vitest';
import type { PlaygroundView } from '../../../webview/protocol/playgroundApi';
import { canResumeFailed, failureTitle } from '../../../webview/ui/views/failedRun';

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
    expect(canResumeFailed(failed('device-lost', 12), resumable('r1'))).toBe(false);
    expect(canResumeFailed(failed('device-lost', 12), undefined)).toBe(false);
    expect(canResumeFailed(failed('device-lost', 12), resumable('r2'))).toBe(true);
  });

  it('is not resumed into the same divergence', () => {
    expect(canResumeFailed(failed('training-diverged', 12), resumable('r2'))).toBe(false);
  });

  it('that made no step is told as one that could not start, by its name', () => {
    expect(failureTitle(failed('text-short'), view('e-50.txt'))).toBe('Could not start “e-50.txt”');
    expect(failureTitle(failed('text-short', 0), undefined)).toBe('Could not start the run');
    expect(failureTitle(failed('text-short', 3), view('e-50.txt'))).toBe('Training stopped');
  });
});
