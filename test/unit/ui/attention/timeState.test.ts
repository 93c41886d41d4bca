/** @file The moments that the attention page knows, while their run goes on from where it was. */
import { signal } from '@preact/signals';
import { expect, it } from 'vitest';
import type { MomentSummary } from '../../../../webview/protocol/moments';
import type { AttentionHost } from '../../../../webview/ui/views/attention/deeper/asking';
import { TimeState } from '../../../../webview/ui/views/attention/time/timeState';
import { gainedAt } from '../../support/moments';

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
