/** @file Looks share two hundredths of the time, whoever looks: the run is not slowed by more. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EngineState } from '../../../webview/protocol/engineApi';
import type { ActiveRun } from '../../../webview/worker/activeRun';
import { PacedLooks } from '../../../webview/worker/pacedLooks';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});

afterEach(() => {
  vi.useRealTimers();
});

/** A session whose every look takes 10 ms, and when each began. */
class Clocked {
  readonly began: string[] = [];
  state: EngineState = { phase: 'training', runId: 'a', step: 1, steps: 9 };
  run = {} as unknown as ActiveRun;
  readonly paced = new PacedLooks(this);

  look<Seen>(what: string, work: (run: ActiveRun) => Promise<Seen>): Promise<Seen> {
    this.began.push(`${what} ${performance.now() - start}`);
    return work(this.run);
  }

  ask(what: string, signal = new AbortController().signal, atOnce = false): Promise<void> {
    const work = () => new Promise<void>((resolve) => setTimeout(resolve, 10));
    return this.paced.look(what, work, { signal, atOnce });
  }

  rest(): void {
    this.state = { phase: 'paused', runId: 'a', step: 1, steps: 9 };
    this.paced.wake();
  }

  /** Another run trains in its place. */
  startAnother(): void {
    this.state = { phase: 'training', runId: 'b', step: 0, steps: 9 };
    this.run = {} as unknown as ActiveRun;
    this.paced.wake();
  }
}

let start = 0;
let clocked: Clocked;

beforeEach(() => {
  start = performance.now();
  clocked = new Clocked();
});

describe('looks at a run in training', () => {
  it('wait until what the last one cost is less than two hundredths of the time', async () => {
    const both = [clocked.ask('first'), clocked.ask('second'), clocked.ask('third')];
    await vi.advanceTimersByTimeAsync(2000);
    await Promise.all(both);
    // 10 ms in every 625.
    expect(clocked.began).toEqual(['first 0', 'second 625', 'third 1250']);
  });

  it('that must not wait are paid for by those that can', async () => {
    const all = [
      clocked.ask('first'),
      clocked.ask('at once', undefined, true),
      clocked.ask('patient'),
    ];
    await vi.advanceTimersByTimeAsync(2000);
    await Promise.all(all);
    expect(clocked.began).toEqual(['first 0', 'at once 10', 'patient 1250']);
  });

  it('pay for what was looked at elsewhere', async () => {
    clocked.paced.charge(clocked.run, 20);
    const asked = clocked.ask('after');
    await vi.advanceTimersByTimeAsync(2000);
    await asked;
    expect(clocked.began).toEqual(['after 1230']);
  });

  it('that nobody waits for any more are cancelled, and do not look', async () => {
    const first = clocked.ask('first');
    const superseded = new AbortController();
    const second = clocked.ask('second', superseded.signal);
    const rejected = expect(second).rejects.toMatchObject({ code: 'cancelled' });
    await vi.advanceTimersByTimeAsync(100);
    superseded.abort();
    await rejected;
    await vi.advanceTimersByTimeAsync(2000);
    await first;
    expect(clocked.began).toEqual(['first 0']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('go on after one that failed', async () => {
    const failing = clocked.paced.look('first', () => Promise.reject(new Error('broken')), {
      signal: new AbortController().signal,
    });
    await expect(failing).rejects.toThrow('broken');
    const second = clocked.ask('second');
    await vi.advanceTimersByTimeAsync(20);
    await second;
    expect(clocked.began).toEqual(['first 0', 'second 0']);
  });
});

describe('looks at a run that rests', () => {
  it('wait for nothing and cost nothing', async () => {
    clocked.rest();
    const both = [clocked.ask('first'), clocked.ask('second')];
    await vi.advanceTimersByTimeAsync(20);
    await Promise.all(both);
    expect(clocked.began).toEqual(['first 0', 'second 10']);
  });

  it('need no longer wait once it does', async () => {
    const both = [clocked.ask('first'), clocked.ask('second')];
    await vi.advanceTimersByTimeAsync(100);
    clocked.rest();
    await vi.advanceTimersByTimeAsync(10);
    await Promise.all(both);
    expect(clocked.began).toEqual(['first 0', 'second 100']);
  });
});

describe('looks at a run that follows another', () => {
  it('do not wait for what looking cost the run before it', async () => {
    clocked.paced.charge(clocked.run, 1000);
    const waiting = clocked.ask('waiting');
    await vi.advanceTimersByTimeAsync(100);
    expect(clocked.began).toEqual([]);
    clocked.startAnother();
    await vi.advanceTimersByTimeAsync(10);
    await waiting;
    const next = clocked.ask('next');
    await vi.advanceTimersByTimeAsync(2000);
    await next;
    expect(clocked.began).toEqual(['waiting 100', 'next 725']);
  });

  it('do not pay for one at the run before it that ends late', async () => {
    const late = clocked.ask('late');
    await vi.advanceTimersByTimeAsync(5);
    clocked.startAnother();
    const next = clocked.ask('next');
    await vi.advanceTimersByTimeAsync(20);
    await Promise.all([late, next]);
    expect(clocked.began).toEqual(['late 0', 'next 10']);
  });
});
