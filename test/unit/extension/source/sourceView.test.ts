/** @file How often the source is drawn, and what the engine is asked to look at for it. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Engine } from '../../../../extension/engine/engine';
import type { Inspection } from '../../../../extension/engine/inspection';
import type { ShownPlaces } from '../../../../extension/source/shownPlaces';
import type { SourceIndex } from '../../../../extension/source/sourceIndex';
import { SourceView } from '../../../../extension/source/sourceView';
import { indexedModel } from '../../support/modelSource';
import { EventEmitter } from '../../support/vscode';

const window = vi.hoisted(() => ({
  visibleTextEditors: [] as unknown[],
  onDidChangeVisibleTextEditors: vi.fn(),
}));

vi.mock('vscode', async () => ({ ...(await import('../../support/vscode')), window }));

const { records } = await indexedModel();
const looked = new EventEmitter<undefined>();
const stepped = new EventEmitter<undefined>();
const moved = new EventEmitter<undefined>();
const want = vi.fn<(who: string, paths: readonly string[]) => void>();
const engine = { onDidChange: stepped.event, state: { phase: 'training' } };

let view: SourceView;
const drawn = vi.fn();

function see(...files: string[]): void {
  window.visibleTextEditors = files.map((file) => ({
    document: { uri: { scheme: 'transformer-model', path: `/transformer-playground/${file}` } },
  }));
  for (const [listener] of window.onDidChangeVisibleTextEditors.mock.calls) {
    (listener as () => void)();
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
  window.visibleTextEditors = [];
  window.onDidChangeVisibleTextEditors.mockReturnValue({ dispose: () => undefined });
  engine.state.phase = 'training';
  view = new SourceView({
    index: { load: () => Promise.resolve({ records }) } as unknown as SourceIndex,
    shown: {
      onDidChange: moved.event,
      pathOf: ({ paths }: { paths: readonly string[] }) => paths[0]?.replace('{layer}', '0'),
    } as unknown as ShownPlaces,
    inspection: { onDidChange: looked.event, want } as unknown as Inspection,
    engine: engine as unknown as Engine,
    report: (error) => {
      throw error;
    },
  });
  view.onDidChange(drawn);
});

afterEach(() => {
  view.dispose();
  vi.useRealTimers();
});

describe('the source', () => {
  it('is drawn once a second, however fast a run steps', () => {
    see('model/mlp.ts');
    expect(drawn).toHaveBeenCalledTimes(1);
    for (let step = 0; step < 290; step++) {
      stepped.fire(undefined);
      looked.fire(undefined);
      vi.advanceTimersByTime(10);
    }
    expect(drawn).toHaveBeenCalledTimes(3);
  });

  it('is drawn again while a run trains, since numbers grow old, and not while it rests', () => {
    see('model/mlp.ts');
    vi.advanceTimersByTime(3500);
    expect(drawn).toHaveBeenCalledTimes(4);
    engine.state.phase = 'paused';
    stepped.fire(undefined);
    vi.advanceTimersByTime(10_000);
    expect(drawn).toHaveBeenCalledTimes(5);
  });

  it('is not drawn while nobody sees it', () => {
    looked.fire(undefined);
    vi.advanceTimersByTime(10_000);
    expect(drawn).not.toHaveBeenCalled();
  });

  it('has the engine look at the points in sight, and at none when it is hidden', async () => {
    see('model/mlp.ts');
    await vi.waitFor(() => {
      expect(want).toHaveBeenLastCalledWith('source', [
        'decoder.0.mlp.preActivation',
        'decoder.0.mlp.postActivation',
        'decoder.0.mlp.output',
      ]);
    });
    see();
    expect(want).toHaveBeenLastCalledWith('source', []);
  });

  it('is looked at no more where it was hidden before its index was read', async () => {
    see('model/mlp.ts');
    see();
    await vi.advanceTimersByTimeAsync(10);
    expect(want.mock.lastCall).toEqual(['source', []]);
  });
});
