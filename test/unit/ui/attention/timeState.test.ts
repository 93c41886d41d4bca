/** @file The moments of a run on the attention page: which are known, and playing them. */
import { signal } from '@preact/signals';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { MomentSummary } from '../../../../webview/protocol/moments';
import type { AttentionHost } from '../../../../webview/ui/views/attention/deeper/asking';
import { TimeState } from '../../../../webview/ui/views/attention/time/timeState';
import { gainedAt } from '../../support/moments';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const summaryAt = (step: number): MomentSummary => ({
  runId: 'a',
  step,
  gained: [gainedAt(step)],
});

it('a run that comes to a step again after its engine was lost has its mark once', async () => {
  let see: (summary: MomentSummary) => void = () => undefined;
  const host = {
    on: (_name: string, listener: typeof see) => (see = listener),
    request: () => Promise.resolve({ runId: 'a', kept: [summaryAt(0)], gained: [] }),
  } as unknown as AttentionHost;
  const time = new TimeState({ host, runId: signal('a'), visible: signal(true) });
  await Promise.resolve();
  for (const step of [5, 10, 5]) see(summaryAt(step));
  expect(time.kept.value.map(({ step }) => step)).toEqual([0, 5]);
  expect(time.gained.value).toEqual([gainedAt(5)]);
});

it('that is gone to while they play and played from again is played once, step by step', async () => {
  const steps = [0, 10, 20, 30, 40, 50];
  const answers = {
    moments: () => ({ runId: 'a', kept: steps.map(summaryAt), gained: [] }),
    moment: ({ step }: { readonly step: number }) => ({ runId: 'a', step }),
  };
  const host = {
    on: () => undefined,
    request: (name: keyof typeof answers, params: { readonly step: number }) =>
      Promise.resolve(answers[name](params)),
  } as unknown as AttentionHost;
  const time = new TimeState({ host, runId: signal('a'), visible: signal(true) });
  await vi.advanceTimersByTimeAsync(0);
  const shown: (number | undefined)[] = [];
  time.chosen.subscribe((step) => shown.push(step));
  // From the end they play from the first one: at 0, 300, 600 and 900 ms, the last at step 30.
  void time.play();
  await vi.advanceTimersByTimeAsync(950);
  await time.goTo(0);
  const again = time.play();
  expect(time.isPlaying.value).toBe(true);
  await vi.advanceTimersByTimeAsync(5000);
  await again;
  expect(shown).toEqual([undefined, 0, 10, 20, 30, 0, 10, 20, 30, 40, 50]);
  expect(time.isPlaying.value).toBe(false);
});
