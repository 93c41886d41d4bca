/** @file Look Again on the attention page looks again, also after a look that failed. */
import { signal } from '@preact/signals';
import { expect, it, vi } from 'vitest';
import { PlaygroundError } from '../../../../webview/config/errors';
import { CircuitState } from '../../../../webview/ui/views/attention/circuit/circuitState';
import type { AttentionHost } from '../../../../webview/ui/views/attention/deeper/asking';
import { LensState } from '../../../../webview/ui/views/attention/lens/lensState';
import type { OpenHead } from '../../../../webview/ui/views/attention/shownMaps';

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

const request = vi.fn<(name: string, params: unknown) => Promise<never>>(() =>
  Promise.reject(new PlaygroundError({ code: 'x', message: 'No.', remedy: 'Look again.' })),
);
const host = { request } as unknown as AttentionHost;
const text = {
  ids: signal(Int32Array.of(1, 2)),
  standing: signal(5),
  runId: signal('a'),
  visible: signal(true),
};
const open = signal<OpenHead>({ path: 'decoder.0.selfAttention.pattern', head: 1 });

it.each([
  ['the lens', () => new LensState(text, host)],
  ['a circuit', () => new CircuitState(text, host, open)],
] as const)('%s that failed is asked for at each press', async (_name, stateOf) => {
  request.mockClear();
  const state = stateOf();
  for (const asked of [1, 2, 3]) {
    state.look();
    await settle();
    expect(state.question.failure.value?.message).toBe('No.');
    expect(request).toHaveBeenCalledTimes(asked);
  }
  const [first, ...others] = request.mock.calls.map(([name, params]) => ({ name, params }));
  for (const other of others) expect(other).toEqual(first);
});
