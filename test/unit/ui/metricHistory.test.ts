/**
 * @file Whether curves and samples stay whole when a run goes on after a pause, a reload or a
 * crash.
 */
import { effect } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MetricPoint, Sample } from '../../../webview/formats/metrics';
import { MetricHistory } from '../../../webview/ui/state/metricHistory';

const point = (step: number, more: Partial<MetricPoint> = {}): MetricPoint => ({
  step,
  time: step * 10,
  learningRate: 0.003,
  gradientNorm: 1,
  tokens: step * 768,
  ...more,
});

const sample = (step: number): Sample => ({
  step,
  prompt: '',
  text: `at ${step}`,
  temperature: 0.8,
});

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** The points once the page has caught up. */
function shown(history: MetricHistory): readonly MetricPoint[] {
  vi.advanceTimersByTime(1000);
  return history.points.value;
}

describe('MetricHistory', () => {
  it('completes a point whose validation loss comes later', () => {
    const history = new MetricHistory();
    history.append([point(10, { loss: 2 }), point(20, { loss: 1.9 })]);
    history.append([point(20, { validationLoss: 2.1 })]);
    expect(shown(history)).toHaveLength(2);
    expect(shown(history)[1]).toMatchObject({ loss: 1.9, validationLoss: 2.1 });
  });

  it('keeps the order when a late point belongs between others, or before them all', () => {
    const history = new MetricHistory();
    history.append([point(10), point(30)]);
    history.append([point(20)]);
    history.append([point(5)]);
    expect(shown(history).map(({ step }) => step)).toEqual([5, 10, 20, 30]);
  });

  it('shows a continued run once, not its lost steps beside the new ones', () => {
    const history = new MetricHistory();
    history.append([point(10, { loss: 3 }), point(20, { loss: 2 }), point(30, { loss: 1 })]);
    [10, 30].forEach((step) => {
      history.addSample(sample(step));
    });
    history.rewind(20);
    history.append([point(30, { loss: 1.5 })]);
    expect(shown(history).map(({ loss }) => loss)).toEqual([3, 2, 1.5]);
    expect(history.samples.value.map(({ step }) => step)).toEqual([10]);
  });

  it('shows new points in a moment, however fast they come, and a new run at once', () => {
    const seen: number[] = [];
    const history = new MetricHistory();
    const stop = effect(() => {
      seen.push(history.points.value.length);
    });
    for (let step = 0; step < 1000; step += 1) history.append([point(step)]);
    expect(seen.length).toBeLessThan(10);
    vi.advanceTimersByTime(100);
    expect(history.points.value).toHaveLength(1000);
    history.reset();
    expect(history.points.value).toEqual([]);
    stop();
  });

  it('does not grow without end with samples', () => {
    const history = new MetricHistory();
    for (let step = 1; step <= 400; step += 1) history.addSample(sample(step));
    expect(history.samples.value).toHaveLength(300);
    expect(history.samples.value.at(-1)?.step).toBe(400);
  });
});
