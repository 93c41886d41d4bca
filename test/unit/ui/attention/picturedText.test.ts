/** @file Whose tokens and pictures are shown, where answers come late or the text is gone. */
import { beforeEach, describe, expect, it } from 'vitest';
import {
  AttentionState,
  type AskedText,
} from '../../../../webview/ui/views/attention/attentionState';
import { shownMaps } from '../../../../webview/ui/views/attention/shownMaps';

const mapsOf = (...ids: number[]) =>
  shownMaps(
    {
      runId: 'r1',
      step: 1,
      tokens: ids.map((id) => ({ id, label: String(id) })),
      cropped: 0,
      modules: [],
      thumbnail: 0,
      thumbnails: [],
      patterns: [],
    },
    [],
  );

let state: AttentionState;

beforeEach(() => {
  state = new AttentionState(undefined);
});

/** What is asked for the text that is named. */
const asked = (): AskedText => ({
  of: state.looked.peek() ?? { from: 'text', text: '' },
  named: state.named.peek(),
});

const type = (text: string): void => {
  state.changeText(() => {
    state.source.value = 'typed';
    state.typed.value = text;
  });
};

describe('a text that was deleted', () => {
  it('has no picture, though its answer comes after, and the next does not begin with it', () => {
    type('the dog');
    const before = asked();
    state.applyMaps(mapsOf(1, 2), before);
    expect(state.isPictured.value).toBe(true);
    type('');
    expect(state.isPictured.value).toBe(false);
    state.applyMaps(mapsOf(1, 2), before);
    type('t');
    expect(state.isPictured.value).toBe(false);
    state.applyMaps(mapsOf(3), asked());
    expect(state.isPictured.value).toBe(true);
  });
});

describe('a window of the batch', () => {
  it('that was asked for before another was named is not held in its place', () => {
    const first = asked();
    state.changeText(() => {
      state.row.value = 1;
    });
    state.applyMaps(mapsOf(1, 2), first);
    expect(state.looked.value).toEqual({ from: 'batch', row: 1 });
    state.applyMaps(mapsOf(3, 4), asked());
    expect(state.looked.value).toEqual({ from: 'tokens', ids: Int32Array.of(3, 4) });
  });
});
