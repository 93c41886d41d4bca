/**
 * @file Whether the page shows the run that it should: a new one, a continued one, one whose engine
 * has died.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { configForText, defaultPreset } from '../../../webview/config/presets';
import type { MetricPoint } from '../../../webview/formats/metrics';
import type { RunFacts } from '../../../webview/protocol/engineApi';
import type { PlaygroundView } from '../../../webview/protocol/playgroundApi';
import { FormState } from '../../../webview/ui/state/formState';
import { PlaygroundState } from '../../../webview/ui/state/playgroundState';
import { factsOf } from '../support/facts';
import { gainedAt } from '../support/moments';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const point = (step: number): MetricPoint => ({ step, time: step, learningRate: 1, tokens: step });

const viewOf = (facts: RunFacts, steps: readonly number[]): PlaygroundView => ({
  backend: 'auto',
  trusted: true,
  watching: false,
  history: { facts, metrics: steps.map(point), samples: [], gained: [] },
});

/** Steps of the points once the page has caught up. */
function steps(state: PlaygroundState): number[] {
  vi.advanceTimersByTime(1000);
  return state.history.points.value.map(({ step }) => step);
}

describe('a run on the page', () => {
  it('that is new clears the curve of the one before', () => {
    const state = new PlaygroundState();
    state.applyFacts(factsOf('a'));
    state.applyMetrics([point(0), point(1)]);
    state.applyFacts(factsOf('b'));
    expect(steps(state)).toEqual([]);
  });

  it('that is continued after a reload brings its curve, up to the step it is continued from', () => {
    const state = new PlaygroundState();
    state.applyView(viewOf(factsOf('a'), [0, 10, 20, 30]));
    expect(steps(state)).toEqual([0, 10, 20, 30]);
    state.applyFacts(factsOf('a', { step: 20 }));
    state.applyMetrics([point(25)]);
    expect(steps(state)).toEqual([0, 10, 20, 25]);
  });

  it('that is shown or continued after a reload has the marks of its curve', () => {
    const state = new PlaygroundState();
    const view = viewOf(factsOf('a'), [0, 10, 20]);
    const gained = [gainedAt(10), gainedAt(20, 'uniform')];
    const marked = { ...view, history: { facts: factsOf('a'), metrics: [], samples: [], gained } };
    state.applyView(marked);
    expect(state.history.gained.value).toEqual(gained);
    state.applyFacts(factsOf('a', { step: 15 }));
    expect(state.history.gained.value).toEqual([gainedAt(10)]);

    // A page that was not there when the run was shown.
    const late = new PlaygroundState();
    late.applyEngine({ phase: 'loading', runId: 'a', activity: 'Reading' });
    late.applyView(marked);
    late.applyFacts(factsOf('a', { step: 20 }));
    expect(late.history.gained.value).toEqual(gained);
  });

  it('that loads is not shown under the name and the curve of the one before', () => {
    const state = new PlaygroundState();
    state.applyFacts(factsOf('a'));
    state.applyMetrics([point(0), point(1)]);
    state.applyEngine({ phase: 'loading', runId: 'b', activity: 'Reading' });
    expect(state.facts.value).toBeUndefined();
    expect(steps(state)).toEqual([]);
  });

  it('that loads again keeps the curve it is continued from', () => {
    const state = new PlaygroundState();
    state.applyView(viewOf(factsOf('a'), [0, 10]));
    state.applyEngine({ phase: 'loading', runId: 'a', activity: 'Reading' });
    expect(steps(state)).toEqual([0, 10]);
  });

  it('that another window trains grows as the host reads on', () => {
    const state = new PlaygroundState();
    state.applyView({ ...viewOf(factsOf('a'), [0, 10]), watching: true });
    expect(state.isWatching.value).toBe(true);
    state.applyView({ ...viewOf(factsOf('a'), [0, 10, 20]), watching: true });
    expect(steps(state)).toEqual([0, 10, 20]);
  });

  it('that another window trains takes the page of one that ended here, which comes back', () => {
    const state = new PlaygroundState();
    const last = { runId: 'own', step: 6, steps: 9, outcome: 'stopped' } as const;
    state.applyFacts(factsOf('own'));
    state.applyMetrics([point(0), point(6)]);
    state.applyEngine({ phase: 'idle', last });
    state.applyView({ ...viewOf(factsOf('a'), [0, 10, 20]), watching: true });
    expect(state.isWatching.value).toBe(true);
    expect(state.canGenerate.value).toBe(false);
    expect(state.facts.value?.runId).toBe('a');
    state.applyView(viewOf(factsOf('own'), [0, 6]));
    expect(state.isWatching.value).toBe(false);
    expect(state.canGenerate.value).toBe(true);
    expect(state.facts.value?.runId).toBe('own');
    expect(steps(state)).toEqual([0, 6]);
  });

  it('that another window trains takes the page of one that failed here', () => {
    const state = new PlaygroundState();
    const failure = { code: 'text-too-short', message: '', remedy: '' };
    state.applyEngine({ phase: 'failed', runId: 'own', failure });
    state.applyView({ ...viewOf(factsOf('a'), [0, 10]), watching: true });
    expect(state.isWatching.value).toBe(true);
  });

  it('that another window trained leaves the page where there is nothing to come back to', () => {
    const state = new PlaygroundState();
    const watching = { ...viewOf(factsOf('a'), [0, 10]), watching: true };
    state.applyView(watching);
    state.applyView({ backend: 'auto', trusted: true, watching: false });
    expect(state.facts.value).toBeUndefined();
    expect(steps(state)).toEqual([]);
  });

  it('that begins here ends the watching of another one', () => {
    const state = new PlaygroundState();
    state.applyView({ ...viewOf(factsOf('a'), [0, 10]), watching: true });
    state.applyEngine({ phase: 'loading', runId: 'own', activity: '' });
    expect(state.isWatching.value).toBe(false);
    expect(steps(state)).toEqual([]);
  });

  it('that is on its way into the engine here is not another window’s', () => {
    const state = new PlaygroundState();
    state.applyView(viewOf(factsOf('a'), [0, 10]));
    expect(state.isWatching.value).toBe(false);
  });

  it('that ended here keeps what the host has not read yet', () => {
    const state = new PlaygroundState();
    state.applyFacts(factsOf('a'));
    state.applyMetrics([point(0), point(1), point(2)]);
    vi.advanceTimersByTime(1000);
    const last = { runId: 'a', step: 2, steps: 2, outcome: 'finished' } as const;
    state.applyEngine({ phase: 'idle', last });
    state.applyView(viewOf(factsOf('a'), [0, 1]));
    expect(steps(state)).toEqual([0, 1, 2]);
    expect(state.isWatching.value).toBe(false);
  });

  it('that trains is not replaced by what the host remembers of another', () => {
    const state = new PlaygroundState();
    state.applyFacts(factsOf('a'));
    state.applyEngine({ phase: 'training', runId: 'a', step: 0, steps: 10 });
    state.applyView(viewOf(factsOf('b'), [0, 10]));
    expect(state.facts.value?.runId).toBe('a');
  });

  it('whose engine dies keeps the step it had reached, also one not shown yet', () => {
    const state = new PlaygroundState();
    for (let step = 0; step < 8; step += 1) {
      state.applyEngine({ phase: 'training', runId: 'a', step, steps: 10 });
    }
    const failure = { code: 'engine-died', message: 'gone', remedy: 'resume' };
    expect(state.applyLoss(failure)).toEqual({ phase: 'failed', runId: 'a', step: 7, failure });
    vi.advanceTimersByTime(1000);
    expect(state.engine.value.phase).toBe('failed');
  });

  it('whose engine dies has what is left of it looked up anew, each time', () => {
    const state = new PlaygroundState();
    state.applyView(viewOf(factsOf('a'), [0]));
    const failure = { code: 'engine-died', message: 'gone', remedy: 'resume' };
    for (let time = 0; time < 2; time += 1) {
      state.applyLoss(failure);
      expect(state.isLookedUp.value).toBe(false);
      state.applyView(viewOf(factsOf('a'), [0]));
      expect(state.isLookedUp.value).toBe(true);
    }
  });

  it('is announced with its thousands grouped, as it is shown, and again after each single step', () => {
    const state = new PlaygroundState();
    state.applyEngine({ phase: 'paused', runId: 'a', step: 1500, steps: 8000 });
    expect(state.announcement.value).toBe('Paused at step 1,500 of 8,000');
    state.applyEngine({ phase: 'paused', runId: 'a', step: 1501, steps: 8000 });
    expect(state.announcement.value).toBe('Paused at step 1,501 of 8,000');
    state.applyMetrics([{ ...point(2000), validationLoss: 2 }]);
    expect(state.announcement.value).toBe('Step 2,000: validation loss 2.000');
  });

  it('that was loaded takes away what went wrong before it', () => {
    const state = new PlaygroundState();
    state.problem.value = { code: 'text-too-short', message: '', remedy: '' };
    state.applyFacts(factsOf('a'));
    expect(state.problem.value).toBeUndefined();
  });

  it('can be written with only while its model is loaded', () => {
    const state = new PlaygroundState();
    expect(state.canGenerate.value).toBe(false);
    state.applyEngine({ phase: 'paused', runId: 'a', step: 1, steps: 2 });
    expect(state.canGenerate.value).toBe(true);
    state.applyEngine({ phase: 'idle' });
    expect(state.canGenerate.value).toBe(false);
    const last = { runId: 'a', step: 2, steps: 2, outcome: 'finished' } as const;
    state.applyEngine({ phase: 'idle', last });
    expect(state.canGenerate.value).toBe(true);
    state.applyEngine({ phase: 'idle', last: { ...last, unloaded: true } });
    expect(state.canGenerate.value).toBe(false);
  });
});

it('a text begins with what the model was given in the place of an empty prompt', () => {
  const state = new PlaygroundState();
  state.generation.value = { phase: 'writing', id: 'g', prompt: '', text: '' };
  const begins = { prompt: 'i', after: new Int32Array() };
  state.applyGenerated({ id: 'g', begins, text: 'mp', tokens: [] });
  state.applyGenerated({ id: 'g', text: 'ort', tokens: [] });
  expect(state.generation.value).toMatchObject({ prompt: 'i', text: 'mport' });
});

describe('the form', () => {
  it('takes over the configuration of a loaded run once, and then keeps what is typed', () => {
    const state = new PlaygroundState();
    const form = new FormState(state.textName, undefined);
    const { config } = defaultPreset;
    const deeper = factsOf('a', { config: { ...config, model: { ...config.model, layers: 3 } } });
    state.applyFacts(deeper);
    form.showRun(deeper);
    expect(form.values.value['model.layers']).toBe('3');
    form.set('model.layers', '5');
    form.showRun(deeper);
    expect(form.values.value['model.layers']).toBe('5');
  });

  it('names a run on a text after the text, whatever preset and changes it began with', () => {
    const state = new PlaygroundState();
    const form = new FormState(state.textName, undefined);
    const name = (): string | undefined => {
      const reading = form.config.value;
      return reading.ok ? reading.value.name : undefined;
    };
    form.set('data.source', 'text');
    expect(name()).toBeUndefined();
    expect(form.config.value.errors).toHaveProperty(['data.source']);
    state.applyView({ ...viewOf(factsOf('a'), [0]), textName: 'notes (1).txt' });
    expect(name()).toBe('notes (1).txt');
    form.set('model.layers', '4');
    expect(name()).toBe('notes (1).txt (Layers 4)');
    form.choosePreset('text');
    expect(name()).toBe('notes (1).txt');
    form.set('data.source', 'stories');
    expect(name()).toBe('Small stories');
  });

  it('lists no preset twice, also when a text is called like one', () => {
    const state = new PlaygroundState();
    const form = new FormState(state.textName, undefined);
    state.applyView({ ...viewOf(factsOf('a'), [0]), textName: 'Tiny GPT' });
    const labels = form.presets.map(({ label }) => label);
    expect(new Set(labels).size).toBe(labels.length);
  });

  it('stands at the preset of a text whose run could not be started', () => {
    const state = new PlaygroundState();
    const form = new FormState(state.textName, undefined);
    const config = configForText('e-50.txt');
    const text = { name: 'e-50.txt', bytes: new ArrayBuffer(50) };
    state.applyFacts(factsOf('a'));
    state.applyView({ backend: 'auto', trusted: true, watching: false, textName: text.name });
    state.applyEngine({ phase: 'loading', runId: 'b', activity: '' });
    state.applyStart({ runId: 'b', config, text, backend: 'auto' });
    const failure = { code: 'text-too-short', message: '', remedy: '' };
    state.applyEngine({ phase: 'failed', runId: 'b', failure });
    expect(state.run.value?.runId).toBe('b');
    if (state.run.value !== undefined) form.showRun(state.run.value);
    expect(form.preset.value.id).toBe('text');
    expect(form.differences.value).toEqual([]);
    expect(form.trainsOn.value).toBe('e-50.txt');
  });

  it('is loading from the moment that the engine has it, and nobody was told otherwise', () => {
    const state = new PlaygroundState();
    const start = { runId: 'b', config: configForText('b.txt'), backend: 'auto' } as const;
    const before = state.engine.value;
    const refused = state.applyStart(start);
    expect(state.engine.value).toEqual({ phase: 'loading', runId: 'b', activity: 'Starting' });
    refused();
    expect(state.engine.value).toEqual(before);

    const begun = state.applyStart(start);
    state.applyEngine({ phase: 'paused', runId: 'b', step: 0, steps: 2 });
    begun();
    expect(state.engine.value.phase).toBe('paused');
  });

  it('shows the text of the active run, and otherwise the one that Train takes', () => {
    const state = new PlaygroundState();
    state.applyView({ ...viewOf(factsOf('a'), [0]), textName: 'chosen.txt' });
    state.applyFacts(factsOf('b', { textName: 'trained.txt' }));
    expect(state.textName.value).toBe('chosen.txt');
    state.applyEngine({ phase: 'training', runId: 'b', step: 1, steps: 2 });
    expect(state.textName.value).toBe('trained.txt');
  });

  it('comes back as it was', () => {
    const state = new PlaygroundState();
    const form = new FormState(state.textName, undefined);
    form.choosePreset('bigram');
    form.set('training.steps', 'many');
    const again = new FormState(state.textName, form.remember());
    expect(again.preset.value.id).toBe('bigram');
    expect(again.values.value).toEqual(form.values.value);
    expect(again.config.value.ok).toBe(false);
  });
});
