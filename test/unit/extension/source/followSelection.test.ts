/** @file What is selected where the cursor rests in the source, and by what leads on from there. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SelectedPlace } from '../../../../extension/engine/selectedPlace';
import { FollowSelection } from '../../../../extension/source/followSelection';
import type { ShownPlaces } from '../../../../extension/source/shownPlaces';
import {
  sourceCommands,
  type SourceCommandParts,
} from '../../../../extension/source/sourceCommands';
import type { SourceIndex } from '../../../../extension/source/sourceIndex';
import { indexedModel } from '../../support/modelSource';
import { EventEmitter } from '../../support/vscode';

const editors = vi.hoisted(() => ({
  visibleTextEditors: [] as unknown[],
  createTextEditorDecorationType: () => ({ dispose: () => undefined }),
  onDidChangeVisibleTextEditors: () => ({ dispose: () => undefined }),
  onDidChangeTextEditorSelection: vi.fn(),
}));

vi.mock('vscode', async () => ({
  ...(await import('../../support/vscode')),
  window: editors,
  ThemeColor: Object,
  OverviewRulerLane: {},
}));

const { records } = await indexedModel();
const index = { load: () => Promise.resolve({ records }) } as unknown as SourceIndex;
let layer = 1;
const shownChanges = new EventEmitter<void>();
const shown = {
  pathOf: ({ paths }: { paths: readonly string[] }) => paths[0]?.replace('{layer}', `${layer}`),
  showPath: () => undefined,
  onDidChange: shownChanges.event,
} as unknown as ShownPlaces;
const path = 'decoder.1.selfAttention.pattern';

let selected: SelectedPlace;
let follow: FollowSelection;

/** The user puts the cursor on the line that marks a point, and rests there. */
async function restOn(id: string): Promise<void> {
  const record = records.find((each) => each.id === id);
  if (record === undefined) throw new Error(`No line marks ${id}.`);
  const uri = { scheme: 'transformer-model', path: `/transformer-playground/${record.file}` };
  const textEditor = { document: { uri }, selection: { active: { line: record.line - 1 } } };
  for (const [listener] of editors.onDidChangeTextEditorSelection.mock.calls) {
    (listener as (event: unknown) => void)({ textEditor, kind: 2 });
  }
  await vi.advanceTimersByTimeAsync(500);
}

beforeEach(() => {
  vi.useFakeTimers();
  editors.onDidChangeTextEditorSelection.mockReset();
  editors.onDidChangeTextEditorSelection.mockReturnValue({ dispose: () => undefined });
  selected = new SelectedPlace();
  const report = (error: unknown): void => {
    throw error;
  };
  follow = new FollowSelection({ index, shown, selected, report });
});

afterEach(() => {
  follow.dispose();
  vi.useRealTimers();
});

describe('the line of the cursor', () => {
  it('is selected', async () => {
    await restOn('attention.pattern');
    expect(selected.current).toEqual({ path });
  });

  it('keeps the head that is selected of it', async () => {
    selected.select({ path, head: 2 }, 'attention');
    await restOn('attention.pattern');
    expect(selected.current).toEqual({ path, head: 2 });
    await restOn('attention.scores');
    expect(selected.current).toEqual({ path: 'decoder.1.selfAttention.scores' });
  });
});

describe('the mark on the line of the selection', () => {
  it('goes while the line shows another layer, and comes back', async () => {
    const setDecorations = vi.fn();
    const file = 'model/attention.ts';
    const range = { start: { with: () => undefined }, with: () => range };
    const lineAt = () => ({ firstNonWhitespaceCharacterIndex: 0, range });
    const uri = { scheme: 'transformer-model', path: `/transformer-playground/${file}` };
    editors.visibleTextEditors = [{ document: { uri, lineAt }, setDecorations }];
    const marks = (): number | undefined =>
      (setDecorations.mock.lastCall?.[1] as unknown[] | undefined)?.length;
    selected.select({ path }, 'source');
    await vi.advanceTimersByTimeAsync(0);
    expect(marks()).toBe(1);
    for (const [shownLayer, marked] of [
      [0, 0],
      [1, 1],
    ] as const) {
      layer = shownLayer;
      shownChanges.fire();
      await vi.advanceTimersByTimeAsync(0);
      expect(marks()).toBe(marked);
    }
    editors.visibleTextEditors = [];
  });
});

describe('what leads from a line', () => {
  it('keeps the head that is selected of it', async () => {
    const commands = sourceCommands({
      selected,
      playground: { open: () => Promise.resolve() },
      shownSelection: { reveal: () => undefined },
    } as unknown as SourceCommandParts);
    for (const name of ['selectPlace', 'showInPlayground']) {
      selected.select({ path, head: 2 }, 'attention');
      await commands[name]?.({ path });
      expect(selected.current, name).toEqual({ path, head: 2 });
      await commands[name]?.({ path: 'logits' });
      expect(selected.current, name).toEqual({ path: 'logits' });
    }
  });
});
