/** @file What the user deletes comes back; what was written is there after a reload. */
import { describe, expect, it } from 'vitest';
import { defaultSampling } from '../../../../webview/config/presets';
import type { Branch } from '../../../../webview/ui/views/generation/branches';
import { recallGeneration } from '../../../../webview/ui/views/generation/generationMemory';
import { GenerationState } from '../../../../webview/ui/views/generation/generationState';

function branch(id: string, count: number, from?: string): Branch {
  const likely = { id: 1, label: 'a', text: 'a', probability: 0.5 };
  const token = { ...likely, alternatives: Array.from({ length: 8 }, () => likely) };
  return {
    id,
    runId: 'r',
    prompt: 'the ',
    tokens: Array.from({ length: count }, () => token),
    sampling: defaultSampling,
    progress: { phase: 'done', ended: 'length', step: 5, tokensPerSecond: 10 },
    ...(from !== undefined && { fork: { from, at: 1 } }),
  };
}

function stateOf(...branches: Branch[]): GenerationState {
  const state = new GenerationState(undefined);
  state.branches.value = branches;
  const [first] = branches;
  if (first) state.choose(first.id);
  return state;
}

const idsIn = (state: GenerationState): string[] => state.branches.value.map(({ id }) => id);

describe('a branch that is deleted', () => {
  it('leads to the one that it left, and comes back in its place with all that hung on it', () => {
    const state = stateOf(branch('a', 3), branch('b', 2, 'a'), branch('c', 1, 'b'));
    state.choose('b');
    state.deleteChosen();
    expect(idsIn(state)).toEqual(['a']);
    expect(state.chosenId.value).toBe('a');
    state.branches.value = [...state.branches.value, branch('new', 1)];
    state.undoDelete();
    expect(idsIn(state)).toEqual(['a', 'b', 'c', 'new']);
    expect(state.chosenId.value).toBe('b');
  });

  it('leads to the next text where it left none', () => {
    const state = stateOf(branch('a', 1), branch('b', 1));
    state.deleteChosen();
    expect(state.chosenId.value).toBe('b');
    state.deleteChosen();
    expect(state.chosenId.value).toBeUndefined();
  });
});

describe('texts that stand side by side', () => {
  const beside = (state: GenerationState): string[] => state.beside.value.map(({ id }) => id);

  it('come back with any of them, after another text was read', () => {
    const state = stateOf(branch('a', 1), branch('b', 1), branch('c', 1, 'a'));
    state.shown.value = ['a', 'b'];
    expect(beside(state)).toEqual(['a', 'b']);
    state.choose('c');
    expect(beside(state)).toEqual([]);
    state.choose('b');
    expect(beside(state)).toEqual(['a', 'b']);
  });

  it('come back with one of them that was deleted', () => {
    const state = stateOf(branch('a', 1), branch('b', 1));
    state.shown.value = ['a', 'b'];
    state.deleteChosen();
    expect(beside(state)).toEqual([]);
    state.undoDelete();
    expect(beside(state)).toEqual(['a', 'b']);
  });
});

describe('a view that is loaded again', () => {
  const reload = (state: GenerationState): GenerationState => {
    const kept: unknown = JSON.parse(JSON.stringify(state.remember()));
    return new GenerationState(recallGeneration({ getState: () => kept }));
  };

  it('has its prompt, its sampling and its texts', () => {
    const state = stateOf(branch('a', 3), branch('b', 2, 'a'));
    state.prompt.value = 'once';
    state.setValue('sampling.temperature', '1.2');
    state.choose('b');
    const again = reload(state);
    expect(again.prompt.value).toBe('once');
    expect(again.sampling.value).toMatchObject({ ok: true, value: { temperature: 1.2 } });
    expect(again.branches.value).toEqual(state.branches.value);
    expect(again.chosenId.value).toBe('b');
  });

  it('keeps the newest texts where there are too many, and never half a tree', () => {
    const state = stateOf(branch('old', 9000), branch('new', 1500), branch('forked', 1000, 'new'));
    expect(idsIn(reload(state))).toEqual(['new', 'forked']);
  });

  it('keeps a long text, without what could have stood in the place of its tokens', () => {
    const state = stateOf(branch('long', 4000), branch('forked', 500, 'long'));
    const [long, forked] = reload(state).branches.value;
    expect(long?.tokens.length).toBe(4000);
    expect(forked?.tokens.length).toBe(500);
    expect(long?.tokens[0]).toMatchObject({ text: 'a', alternatives: [] });
  });

  it('begins anew where what was kept is not to be read', () => {
    expect(recallGeneration({ getState: () => ({ version: 2 }) })).toBeUndefined();
  });
});

it('more texts than can be compared are refused before they are written', () => {
  const state = new GenerationState(undefined);
  state.samples.value = '8';
  state.temperatures.value = '0.5, 1, 1.5';
  expect(state.samplesError.value).toBe('24 texts are too many: at most 16');
  expect(state.variants.value).toEqual([]);
});
