/**
 * @file Whether what a host that stood still was given is stored when it goes on, and in an order
 * that loses nothing.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PlaygroundError } from '../../../webview/config/errors';
import type { EngineState, Snapshot } from '../../../webview/protocol/engineApi';
import { cancelled, endpointError } from '../../../webview/protocol/errors';
import { HostWatch } from '../../../webview/ui/state/hostWatch';
import { SnapshotOutbox } from '../../../webview/ui/state/snapshotOutbox';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

interface Sent {
  readonly snapshot: Snapshot;
  readonly answer: (result: null) => void;
  readonly refuse: (error: unknown) => void;
}

/** A page before a host that stands still until the test answers for it. */
class Page {
  readonly sent: Sent[] = [];
  /** What the host is told and has stored, in order. */
  readonly told: string[] = [];
  recoveries = 0;
  readonly outbox = new SnapshotOutbox({
    send: (snapshot, signal) =>
      new Promise((answer, refuse) => {
        this.sent.push({ snapshot, answer, refuse });
        signal.addEventListener('abort', () => {
          this.told.push(`cancelled ${snapshot.step}`);
          refuse(cancelled('storeSnapshot'));
        });
      }),
    watch: new HostWatch({
      ping: () => new Promise(() => undefined),
      onAnswersAgain: () => {
        this.recoveries += 1;
      },
    }),
    onStored: () => {
      this.told.push('stored');
    },
    tell: (state) => {
      this.told.push('step' in state ? `${state.phase} ${state.step ?? ''}` : state.phase);
    },
  });

  /** The code of what the engine gets for its snapshot, or 'stored'. */
  async store(snapshot: Snapshot, signal = new AbortController().signal): Promise<string> {
    const outcome = this.outbox.store(snapshot, signal).then(
      () => 'stored',
      (error: unknown) => (error instanceof PlaygroundError ? error.code : String(error)),
    );
    await vi.advanceTimersByTimeAsync(20_000);
    return outcome;
  }

  async answer(index: number): Promise<void> {
    this.sent[index]?.answer(null);
    await vi.advanceTimersByTimeAsync(0);
  }
}

const pointAt = (step: number) => ({ step, time: 0, loss: 1, learningRate: 0.001, tokens: step });

function snapshotAt(step: number, from = step): Snapshot {
  const steps = Array.from({ length: step - from + 1 }, (_, index) => from + index);
  return {
    runId: 'run',
    step,
    reason: 'interval',
    checkpoint: new ArrayBuffer(0),
    metrics: steps.map(pointAt),
    samples: [],
  };
}

const training: EngineState = { phase: 'training', runId: 'run', step: 9, steps: 20 };
const ended: EngineState = {
  phase: 'idle',
  last: { runId: 'run', step: 12, steps: 20, outcome: 'stopped' },
};

describe('a snapshot that a silent host has not taken', () => {
  it('lets the engine go on and is stored when the host does, which is then no longer silent', async () => {
    const page = new Page();
    expect(await page.store(snapshotAt(10))).toBe('host-silent');
    expect([page.told, page.recoveries]).toEqual([[], 0]);
    await page.answer(0);
    expect([page.told, page.recoveries]).toEqual([['stored'], 1]);
  });

  it('reaches the host before the end of its run, however the host learns of that', async () => {
    const page = new Page();
    await page.store(snapshotAt(12));
    page.outbox.tell(training);
    page.outbox.tell(ended);
    void page.outbox.settled().then(() => page.told.push('Stop answered'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(page.told).toEqual(['training 9']);
    await page.answer(0);
    expect(page.told).toEqual(['training 9', 'stored', 'idle', 'Stop answered']);
  });

  it('gives way to the next one, so that only one model waits in memory', async () => {
    const page = new Page();
    await page.store(snapshotAt(10));
    await page.store(snapshotAt(12, 10));
    expect(page.told).toEqual(['cancelled 10']);
    expect(page.sent[1]?.snapshot.metrics).toHaveLength(3);
    page.outbox.tell(ended);
    await page.answer(1);
    expect(page.told).toEqual(['cancelled 10', 'stored', 'idle']);
  });

  it('of the same step is stored too, and what both have measured only once', async () => {
    const page = new Page();
    await page.store(snapshotAt(12, 10));
    const evaluated = { ...pointAt(12), validationLoss: 1 };
    const last = snapshotAt(12, 10);
    await page.store({ ...last, metrics: [...last.metrics, evaluated] });
    expect(page.sent[1]?.snapshot.metrics).toEqual([evaluated]);
    page.outbox.tell(ended);
    await page.answer(0);
    expect(page.told).toEqual(['stored']);
    await page.answer(1);
    expect(page.told).toEqual(['stored', 'stored', 'idle']);
  });

  it('outlives an engine that is ended meanwhile', async () => {
    const page = new Page();
    const engine = new AbortController();
    const stored = page.store(snapshotAt(10), engine.signal);
    expect(await stored).toBe('host-silent');
    expect(page.told).toEqual([]);
    await page.answer(0);
    expect(page.told).toEqual(['stored']);
  });

  it('is not waited for by what follows where the host refuses it after all', async () => {
    const page = new Page();
    await page.store(snapshotAt(10));
    page.outbox.tell(ended);
    page.sent[0]?.refuse(new PlaygroundError({ code: 'run-unknown', message: '', remedy: '' }));
    await vi.advanceTimersByTimeAsync(0);
    expect(page.told).toEqual(['idle']);
  });

  it('goes with its host: another one is told no end of a run that it does not know', async () => {
    const page = new Page();
    await page.store(snapshotAt(10));
    page.outbox.tell(ended);
    page.sent[0]?.refuse(endpointError('peer-restarted', '', ''));
    await vi.advanceTimersByTimeAsync(0);
    expect(page.told).toEqual([]);
    page.outbox.tell(training);
    expect(page.told).toEqual(['training 9']);
  });
});

describe('a snapshot that the host takes', () => {
  it('delays no state, and is cancelled where the engine gives it up', async () => {
    const page = new Page();
    const engine = new AbortController();
    const stored = page.outbox.store(snapshotAt(10), engine.signal);
    page.outbox.tell(ended);
    expect(page.told).toEqual(['idle']);
    engine.abort();
    await expect(stored).rejects.toMatchObject({ code: 'cancelled' });
    expect(page.told).toEqual(['idle', 'cancelled 10']);
  });
});
