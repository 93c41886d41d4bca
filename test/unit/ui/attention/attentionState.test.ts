/** @file A token that another view sends to be looked at is the one that is marked. */
import { describe, expect, it } from 'vitest';
import type { AttentionView } from '../../../../webview/protocol/attentionApi';
import {
  AttentionState,
  isSameText,
  type AskedText,
} from '../../../../webview/ui/views/attention/attentionState';
import { shownMaps } from '../../../../webview/ui/views/attention/shownMaps';

const path = 'decoder.1.selfAttention.pattern';
const runId = 'r1';

const view = (given?: number, length = 0): AttentionView => ({
  phase: 'paused',
  run: { runId, name: 'Tiny GPT', step: 7 },
  ...(given !== undefined && {
    selection: { path },
    given: {
      number: given,
      text: { from: 'model', prompt: '', after: new Int32Array(length) },
    },
  }),
});

const mapsOf = (size: number) =>
  shownMaps(
    {
      runId,
      step: 7,
      tokens: Array.from({ length: size }, (_, id) => ({ id, label: 'a' })),
      cropped: 0,
      modules: [
        { path: 'decoder.0.selfAttention.pattern', heads: 2 },
        { path, heads: 2 },
      ],
      thumbnail: 0,
      thumbnails: [],
      patterns: [],
    },
    [],
  );

const batch: AskedText = {
  of: { from: 'batch', row: 0 },
  named: { source: 'batch', typed: '', row: 0 },
};

/** The text on the page, which the user has not left. */
function looked(state: AttentionState): AskedText {
  const of = state.looked.peek();
  if (of === undefined) throw new Error('Nothing is looked at.');
  return { of, named: state.named.peek() };
}

function stateWith(size: number): AttentionState {
  const state = new AttentionState(undefined);
  state.applyView(view());
  state.applyMaps(mapsOf(size), batch);
  return state;
}

describe('the last token of a text that another view sends', () => {
  it('is marked also where the text before was shorter', () => {
    const state = stateWith(4);
    state.applyView(view(1, 9));
    // The picture that was on its way still.
    state.applyMaps(mapsOf(4), batch);
    expect(state.kept.value).toBeUndefined();
    state.applyMaps(mapsOf(9), looked(state));
    expect(state.kept.value).toEqual({ query: 8, key: 0 });
    expect(state.open.value).toEqual([{ path, head: 0 }]);
  });

  it('is marked also where the selection stays the same, in its head', () => {
    const state = stateWith(4);
    state.applyView(view(1, 9));
    state.applyMaps(mapsOf(9), looked(state));
    state.open.value = [{ path: 'decoder.0.selfAttention.pattern', head: 1 }];
    state.applyView(view(2, 9));
    expect(state.kept.value).toBeUndefined();
    state.applyMaps(mapsOf(9), looked(state));
    expect(state.kept.value).toEqual({ query: 8, key: 0 });
    expect(state.open.value).toEqual([{ path, head: 0 }]);
  });

  it('is marked on a page that has just been opened, whatever it is told meanwhile', () => {
    const state = new AttentionState(undefined);
    state.applyView(view(1, 5));
    state.applyView(view(1, 5));
    state.applyMaps(mapsOf(5), looked(state));
    expect(state.kept.value?.query).toBe(4);
  });

  it('is marked once: then the mark is the user’s', () => {
    const state = stateWith(4);
    state.applyView(view(1, 9));
    state.applyMaps(mapsOf(9), looked(state));
    state.keep(2);
    state.applyView(view(1, 9));
    state.applyMaps(mapsOf(9), looked(state));
    expect(state.kept.value?.query).toBe(2);
  });

  it('is another than the one that was sent before it, whose picture still stands', () => {
    const state = stateWith(4);
    state.applyView(view(1, 2));
    state.applyMaps(mapsOf(3), looked(state));
    const named = (): boolean => {
      const pictured = state.pictured.peek();
      return pictured !== undefined && isSameText(pictured, state.named.peek());
    };
    expect(named()).toBe(true);
    state.applyView(view(2, 5));
    expect(named()).toBe(false);
    state.applyMaps(mapsOf(6), looked(state));
    expect(named()).toBe(true);
  });
});
