/** @file The status bar item: what it shows of a run, and that it is calm while a run is fast. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Engine } from '../../../extension/engine/engine';
import { StatusBar } from '../../../extension/engine/statusBar';
import { defaultPreset } from '../../../webview/config/presets';
import { EventEmitter } from '../support/vscode';

const item = vi.hoisted(() => ({ text: '', show: vi.fn(), hide: vi.fn(), dispose: vi.fn() }));

vi.mock('vscode', async () => ({
  ...(await import('../support/vscode')),
  StatusBarAlignment: { Left: 1 },
  window: { createStatusBarItem: () => item },
}));

/** An engine that trains, as far as the status bar looks at it. */
class TrainingEngine {
  readonly changed = new EventEmitter<undefined>();
  readonly progressed = new EventEmitter<undefined>();
  readonly onDidChange = this.changed.event;
  readonly onDidProgress = this.progressed.event;
  readonly run = { step: 0, loadedAt: 0, metrics: [], stored: { config: defaultPreset.config } };
  runName = 'Tiny GPT';
  state = { phase: 'training' };
  isBusy = true;
}

let engine: TrainingEngine;
let statusBar: StatusBar;

/** A step every 10 ms, `count` times. */
function train(count: number): void {
  for (let made = 0; made < count; made++) {
    engine.run.step += 1;
    engine.progressed.fire(undefined);
    vi.advanceTimersByTime(10);
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
  item.text = '';
  engine = new TrainingEngine();
  statusBar = new StatusBar(engine as unknown as Engine);
});

afterEach(() => {
  statusBar.dispose();
  vi.useRealTimers();
});

describe('the status bar', () => {
  it('shows the first step at once, and a hundred more a second as one', () => {
    train(99);
    expect(item.text).toContain('step 1 of');
    expect(item.show).toHaveBeenCalledTimes(1);
    train(99);
    expect(item.text).toContain('step 100 of');
    expect(item.show).toHaveBeenCalledTimes(2);
  });

  it('shows the last step of a burst, though nothing follows', () => {
    train(20);
    vi.advanceTimersByTime(1000);
    expect(item.text).toContain('step 20 of');
    vi.advanceTimersByTime(10_000);
    expect(item.show).toHaveBeenCalledTimes(2);
  });

  it('is gone with the run, and does not come back with what was still to be shown', () => {
    train(20);
    engine.isBusy = false;
    engine.changed.fire(undefined);
    expect(item.hide).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(10_000);
    expect(item.show).toHaveBeenCalledTimes(1);
  });

  it('takes no icon from the name of a run', () => {
    engine.state = { phase: 'loading' };
    engine.runName = '$(bug).txt';
    engine.changed.fire(undefined);
    vi.advanceTimersByTime(0);
    expect(item.text).toMatch(/^\$\(loading~spin\) Loading “\$.*\(bug\)\.txt”$/);
    expect(item.text).not.toContain('$(bug)');
  });
});
