/**
 * @file Whether the host hears every point and every phase of a fast engine without being flooded.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MetricPoint } from '../../../webview/formats/metrics';
import type { EngineState } from '../../../webview/protocol/engineApi';
import { hostFeed } from '../../../webview/ui/state/hostFeed';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const training = (step: number): EngineState => ({
  phase: 'training',
  runId: 'r',
  step,
  steps: 1000,
});

const point = (step: number): MetricPoint => ({ step, time: step, learningRate: 1, tokens: step });

function listener() {
  const heard: string[] = [];
  const steps: number[] = [];
  const feed = hostFeed({
    state: (state) => {
      heard.push('step' in state ? `${state.phase} ${state.step ?? ''}` : state.phase);
    },
    metrics: (points) => {
      heard.push('metrics');
      steps.push(...points.map(({ step }) => step));
    },
  });
  return { feed, heard, steps };
}

describe('the feed to the host', () => {
  it('gathers a hundred steps a second into a few messages and loses no point', () => {
    const { feed, heard, steps } = listener();
    for (let step = 0; step < 100; step += 1) {
      feed.metrics([point(step)]);
      feed.state(training(step));
      vi.advanceTimersByTime(10);
    }
    vi.advanceTimersByTime(1000);
    expect(heard.length).toBeLessThan(15);
    expect(steps).toEqual(Array.from({ length: 100 }, (_, index) => index));
    expect(heard.at(-1)).toBe('training 99');
  });

  it('tells of a pause at once, after the points before it', () => {
    const { feed, heard } = listener();
    feed.state(training(0));
    feed.metrics([point(1)]);
    feed.state({ phase: 'paused', runId: 'r', step: 1, steps: 1000 });
    expect(heard).toEqual(['training 0', 'metrics', 'paused 1']);
  });

  it('tells of each phase, however fast they follow one another', () => {
    const { feed, heard } = listener();
    feed.state({ phase: 'loading', runId: 'r', activity: 'Starting' });
    feed.state(training(0));
    feed.state({ phase: 'paused', runId: 'r', step: 0, steps: 1000 });
    feed.state(training(0));
    feed.state({ phase: 'idle' });
    expect(heard).toEqual(['loading', 'training 0', 'paused 0', 'training 0', 'idle']);
  });
});
