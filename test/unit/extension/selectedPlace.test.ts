/** @file The one selection of a window. */
import { describe, expect, it, vi } from 'vitest';
import { SelectedPlace, type SelectionChange } from '../../../extension/engine/selectedPlace';

vi.mock('vscode', () => import('../support/vscode'));

describe('the selection', () => {
  it('is told with where it was made, and once, however often it is made again', () => {
    const selected = new SelectedPlace();
    const told: SelectionChange[] = [];
    selected.onDidChange((change) => told.push(change));
    selected.select({ path: 'logits' }, 'source');
    // What follows a selection may make it again: there is no end to that otherwise.
    selected.select({ path: 'logits' }, 'playground');
    expect(told).toEqual([{ selection: { path: 'logits' }, from: 'source' }]);
    expect(selected.current).toEqual({ path: 'logits' });
  });

  it('changes with the head or the token alone, and can be taken back', () => {
    const selected = new SelectedPlace();
    const told: SelectionChange[] = [];
    selected.onDidChange((change) => told.push(change));
    const path = 'decoder.0.selfAttention.pattern';
    selected.select({ path }, 'attention');
    selected.select({ path, head: 1 }, 'attention');
    selected.select({ path, head: 1, token: 0 }, 'attention');
    selected.select(undefined, 'command');
    expect(told).toHaveLength(4);
    expect(selected.current).toBeUndefined();
  });

  it('keeps its head and token where its line is chosen, and loses them to another line', () => {
    const selected = new SelectedPlace();
    const path = 'decoder.1.selfAttention.pattern';
    selected.select({ path, head: 2, token: 0 }, 'attention');
    selected.selectPath(path, 'source');
    expect(selected.current).toEqual({ path, head: 2, token: 0 });
    selected.selectPath('logits', 'source');
    expect(selected.current).toEqual({ path: 'logits' });
  });
});
