/** @file What is written on the generation page, and what is not. */
import { expect, it, vi } from 'vitest';
import { defaultSampling } from '../../../../webview/config/presets';
import type { GenerateParams, GenerateResult } from '../../../../webview/protocol/engineApi';
import type { Branch } from '../../../../webview/ui/views/generation/branches';
import { GenerationState } from '../../../../webview/ui/views/generation/generationState';
import { Writing } from '../../../../webview/ui/views/generation/writing';

const branch = (id: string): Branch => ({
  id,
  runId: 'r',
  prompt: 'the ',
  tokens: [],
  sampling: defaultSampling,
  progress: { phase: 'stopped' },
});

it('nothing is begun or gone on with while the KV cache is compared, and the reason is said', () => {
  const state = new GenerationState(undefined);
  const ask = vi.fn<(params: GenerateParams) => Promise<GenerateResult>>(
    () => new Promise(() => undefined),
  );
  const writing = new Writing(state, ask);
  const written = branch('a');
  state.branches.value = [written];
  state.comparison.value = { phase: 'running', activity: 'Writing with the cache …' };
  writing.goOn(written, defaultSampling);
  expect(state.announcement.value).toContain('The KV cache is being compared');
  writing.begin([branch('b')]);
  expect(ask).not.toHaveBeenCalled();
  expect(state.branches.value).toEqual([written]);
  state.comparison.value = { phase: 'stopped' };
  writing.begin([branch('b')]);
  expect(ask).toHaveBeenCalledTimes(1);
  expect(state.isWriting.value).toBe(true);
});

it('a character that was cut is whole once its text goes on', async () => {
  const state = new GenerationState(undefined);
  const ask = vi.fn<(params: GenerateParams) => Promise<GenerateResult>>(
    () => new Promise(() => undefined),
  );
  const writing = new Writing(state, ask);
  const token = (text: string) => ({ id: 1, label: '', text, probability: 1, alternatives: [] });
  const cut = { ...branch('a'), tokens: [token('a'), token('\uFFFD')] };
  state.branches.value = [cut];
  state.choose('a');
  writing.goOn(cut, defaultSampling);
  await vi.waitFor(() => {
    expect(ask).toHaveBeenCalled();
  });
  const id = ask.mock.calls[0]?.[0].id ?? '';
  writing.add({ id, reopens: 1, text: 'é', tokens: [token('é')] });
  expect(state.tokens.value.map(({ text }) => text)).toEqual(['a', '', 'é']);
});

it('the sentence that was cut off is heard when a text is stopped', async () => {
  const state = new GenerationState(undefined);
  const ask = vi.fn<(params: GenerateParams) => Promise<GenerateResult>>(
    () => new Promise(() => undefined),
  );
  const writing = new Writing(state, ask);
  writing.begin([branch('a')]);
  await vi.waitFor(() => {
    expect(ask).toHaveBeenCalled();
  });
  const id = ask.mock.calls[0]?.[0].id ?? '';
  writing.add({ id, text: 'the dog runs. ann has', tokens: [] });
  expect(state.announcement.value).toBe('the dog runs.');
  writing.stop();
  expect(state.announcement.value).toBe('ann has … Stopped.');
  state.announcement.value = '';
  writing.stop();
  expect(state.announcement.value).toBe('');
});
