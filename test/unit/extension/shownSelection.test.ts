/** @file What the playground's page is told of the selection, how often, and what is watched. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Engine } from '../../../extension/engine/engine';
import type { Inspection, PlaceSeen } from '../../../extension/engine/inspection';
import { SelectedPlace } from '../../../extension/engine/selectedPlace';
import type { Playground } from '../../../extension/playground/playground';
import { hostValidators } from '../../../extension/playground/hostValidators';
import { ShownSelection } from '../../../extension/playground/shownSelection';
import type { SourceIndex } from '../../../extension/source/sourceIndex';
import { defaultPreset } from '../../../webview/config/presets';
import { indexedModel } from '../support/modelSource';
import { EventEmitter } from '../support/vscode';

vi.mock('vscode', () => import('../support/vscode'));

const { records } = await indexedModel();
const path = 'decoder.1.selfAttention.pattern';
const statistics = { mean: 0, deviation: 1, min: -1, max: 1, nonFinite: 0, histogram: [1, 1] };
const described = { path, axes: ['batch', 'head', 'query', 'key'], shape: [4, 4, 64, 64] };

const looked = new EventEmitter<undefined>();
const stepped = new EventEmitter<undefined>();
const seen = new EventEmitter<undefined>();
const want = vi.fn<(who: string, paths: readonly string[]) => void>();
const told: unknown[] = [];
const events: string[] = [];
const run = { paths: [] as string[], numbers: {} as PlaceSeen };
const engine = { onDidChange: stepped.event, state: { phase: 'idle' } };
const playground = {
  visible: true,
  onDidChangeVisibility: seen.event,
  endpoint: {
    latest: (_name: string, make: () => Promise<unknown>) =>
      void make().then((view) => told.push(view)),
    emit: (name: string) => events.push(name),
  },
};

let selected: SelectedPlace;
let shown: ShownSelection;

/** Lets what is read be read. */
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

function show(visible: boolean): void {
  playground.visible = visible;
  seen.fire(undefined);
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
  told.length = 0;
  events.length = 0;
  Object.assign(run, { paths: [], numbers: {} });
  playground.visible = true;
  engine.state.phase = 'idle';
  selected = new SelectedPlace();
  shown = new ShownSelection({
    index: { load: () => Promise.resolve({ records }) } as unknown as SourceIndex,
    engine: engine as unknown as Engine,
    inspection: {
      onDidChange: looked.event,
      want,
      configured: defaultPreset.config.model,
      get isDescribed() {
        return run.paths.length > 0;
      },
      describe: (at: string) => (run.paths.includes(at) ? described : undefined),
      lastSeen: () => run.numbers,
    } as unknown as Inspection,
    selected,
    playground: playground as unknown as Playground,
  });
});

afterEach(() => {
  shown.dispose();
  vi.useRealTimers();
});

describe('the page is told', () => {
  it('what is selected, with its name, layer, shape and what it is', async () => {
    selected.select({ path, head: 2 }, 'attention');
    await settle();
    expect(told).toEqual([
      {
        selection: { path, head: 2 },
        title: 'Attention pattern',
        layer: 1,
        explanation: 'The scores of each query turned into shares that sum to one.',
        axes: [{ name: 'batch' }, { name: 'head', size: 4 }, { name: 'query' }, { name: 'key' }],
        isAttention: true,
        status: 'no-run',
      },
    ]);
  });

  it('the run’s shape, then the newest numbers, whose age grows while it trains alone', async () => {
    run.paths = [path];
    selected.select({ path }, 'source');
    await settle();
    expect(told.at(-1)).toMatchObject({
      status: 'unseen',
      axes: [{ size: 4 }, {}, { size: 64 }, {}],
    });
    run.numbers = { value: { statistics, step: 480, time: Date.now() - 3000 } };
    looked.fire(undefined);
    await vi.advanceTimersByTimeAsync(1000);
    expect(told.at(-1)).toMatchObject({ status: 'seen', value: { statistics, step: 480 } });
    expect(told.at(-1)).not.toHaveProperty('value.age');
    engine.state.phase = 'training';
    stepped.fire(undefined);
    await vi.advanceTimersByTimeAsync(2000);
    expect(told.at(-1)).toMatchObject({ value: { age: 6000 } });
  });

  it('that the model of the run has no such place, and shows no numbers of another one', async () => {
    run.paths = ['logits'];
    run.numbers = { value: { statistics, step: 4, time: 0 } };
    selected.select({ path }, 'source');
    await settle();
    expect(told.at(-1)).toMatchObject({ status: 'elsewhere' });
    expect(told.at(-1)).not.toHaveProperty('value');
  });

  it('of a path that no line marks that it is nowhere', async () => {
    selected.select({ path: 'decoder.0.nothing' }, 'command');
    await settle();
    expect(told.at(-1)).toMatchObject({ title: 'decoder.0.nothing', status: 'elsewhere' });
  });

  it('that nothing is selected any more, and then no more', async () => {
    engine.state.phase = 'training';
    selected.select({ path }, 'source');
    await settle();
    selected.select(undefined, 'playground');
    await settle();
    expect(told.at(-1)).toBeNull();
    const count = told.length;
    await vi.advanceTimersByTimeAsync(5000);
    expect(told).toHaveLength(count);
  });

  it('once a second, however fast a run steps', async () => {
    engine.state.phase = 'training';
    selected.select({ path }, 'source');
    for (let step = 0; step < 290; step++) {
      stepped.fire(undefined);
      looked.fire(undefined);
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(told).toHaveLength(3);
  });

  it('nothing while it is hidden or nothing is selected, and what there is when it is seen', async () => {
    stepped.fire(undefined);
    show(false);
    selected.select({ path }, 'source');
    await vi.advanceTimersByTimeAsync(5000);
    expect(told).toEqual([]);
    show(true);
    await settle();
    expect(told).toHaveLength(1);
  });

  it('that the user wants to see it', () => {
    shown.reveal();
    expect(events).toEqual(['showSelected']);
  });
});

describe('the engine looks', () => {
  it('at what is selected while the page is in sight, and no longer', () => {
    selected.select({ path }, 'source');
    expect(want).toHaveBeenLastCalledWith('playground', [path]);
    show(false);
    expect(want).toHaveBeenLastCalledWith('playground', []);
    show(true);
    expect(want).toHaveBeenLastCalledWith('playground', [path]);
    selected.select(undefined, 'playground');
    expect(want).toHaveBeenLastCalledWith('playground', []);
  });
});

describe('what the page selects', () => {
  it('is a place, or nothing, and is refused where it is neither', () => {
    const { select } = hostValidators;
    expect(select.safeParse({}).success).toBe(true);
    expect(select.safeParse({ selection: { path, head: 1, token: 0 } }).success).toBe(true);
    for (const selection of [null, {}, { path, head: -1 }, { path: 'x'.repeat(301) }]) {
      expect(select.safeParse({ selection }).success).toBe(false);
    }
  });
});
