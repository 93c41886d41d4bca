/** @file The page and its engine: what an engine is asked last, and what the next one is asked. */
import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { PlaygroundError, type Failure } from '../../../webview/config/errors';
import {
  protocolVersion,
  type EngineApi,
  type EngineState,
  type PageForEngineApi,
} from '../../../webview/protocol/engineApi';
import { Endpoint } from '../../../webview/protocol/endpoint';
import { cancelled } from '../../../webview/protocol/errors';
import { messagePort } from '../../../webview/protocol/port';
import { EngineConnection } from '../../../webview/ui/state/engineConnection';
import { patience, stoppableEngine } from '../../../webview/ui/state/stoppableEngine';

/** The engines that were started, oldest first. */
let engines: FakeWorker[] = [];

/**
 * A worker whose engine answers `resume` with its number, `pause` when it is told to, what it is
 * while it hears, and nothing else ever.
 */
class FakeWorker {
  readonly number = engines.length;
  terminated = false;
  answerPause: () => void = () => undefined;
  /** It goes on with other messages while it stops. */
  hears = false;
  readonly #channel = new MessageChannel();
  readonly #endpoint: Endpoint<EngineApi, PageForEngineApi>;

  constructor() {
    engines.push(this);
    this.#endpoint = new Endpoint(messagePort(this.#channel.port2), {
      name: 'engine',
      protocolVersion,
      onError: () => undefined,
    });
    const idle: EngineState = { phase: 'idle' };
    const deaf = () => new Promise<never>(() => undefined);
    this.#endpoint.serve({
      start: deaf,
      pause: () =>
        new Promise((resolve) => {
          this.answerPause = () => {
            resolve(idle);
          };
        }),
      resume: () => ({ phase: 'training', runId: 'a', step: this.number, steps: 10 }),
      step: deaf,
      stop: deaf,
      snapshot: deaf,
      generate: deaf,
      nextToken: deaf,
      tokenize: deaf,
      describe: deaf,
      watch: deaf,
      attention: deaf,
      headRoles: deaf,
      follow: deaf,
      whatIf: deaf,
      logitLens: deaf,
      circuit: deaf,
      moments: deaf,
      moment: deaf,
      diagnostics: () => {
        if (!this.hears) return deaf();
        return { versions: {}, userAgent: '', limits: {}, state: idle, errors: [] };
      },
    });
  }

  postMessage(message: unknown, transfer: ArrayBuffer[]): void {
    this.#channel.port1.postMessage(message, transfer);
  }

  addEventListener(type: string, listener: (event: MessageEvent) => void): void {
    if (type !== 'message') return;
    this.#channel.port1.addEventListener('message', listener);
    this.#channel.port1.start();
  }

  removeEventListener(_type: string, listener: (event: MessageEvent) => void): void {
    this.#channel.port1.removeEventListener('message', listener);
  }

  terminate(): void {
    this.terminated = true;
    this.#endpoint.dispose();
    this.#channel.port1.close();
  }
}

/** A request that is not answered before the test ends, and rejects with its engine then. */
const unanswered = (request: Promise<unknown>): void => {
  void Promise.allSettled([request]);
};

let losses: string[] = [];
const lost = signal<Failure | undefined>(undefined);
let connection: EngineConnection;

/** The number of the engine that answers now. */
async function answering(): Promise<number | undefined> {
  const state = await connection.request('resume', null);
  return state.phase === 'training' ? state.step : undefined;
}

beforeEach(() => {
  engines = [];
  losses = [];
  vi.stubGlobal('Worker', FakeWorker);
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('')));
  connection = new EngineConnection({
    dist: 'dist',
    storeSnapshot: () => null,
    onStarted: () => undefined,
    onLost: (failure) => {
      losses.push(failure.code);
      lost.value = failure;
    },
    onError: () => undefined,
  });
});

afterEach(() => {
  for (const engine of engines) engine.terminate();
  vi.unstubAllGlobals();
});

describe('an engine that has run out of memory', () => {
  it('answers what it was asked, and another takes the next run', async () => {
    expect(await answering()).toBe(0);
    const pausing = connection.request('pause', null);
    await answering();
    await connection.retire();
    expect(await answering()).toBe(1);
    expect(engines[0]?.terminated).toBe(false);
    engines[0]?.answerPause();
    expect(await pausing).toEqual({ phase: 'idle' });
    expect(engines[0]?.terminated).toBe(true);
    expect(losses).toEqual([]);
  });

  it('ends at once where nothing waits for it', async () => {
    await answering();
    await connection.retire();
    expect(engines[0]?.terminated).toBe(true);
    expect(await answering()).toBe(1);
  });
});

describe('an engine that is deep in a large model', () => {
  const loading: EngineState = { phase: 'loading', runId: 'a', activity: 'Making the model' };
  const idle: EngineState = { phase: 'idle' };
  const state = signal<EngineState>(loading);
  const start = { runId: 'a' } as EngineApi['requests']['start']['params'];

  const stoppable = () =>
    stoppableEngine(connection, {
      state,
      points: () => [],
      onEnded: () => {
        state.value = idle;
      },
    });

  beforeEach(async () => {
    await answering();
    state.value = loading;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('is ended by Stop, and another takes the next run', async () => {
    const stopped = stoppable().stop();
    vi.advanceTimersByTime(patience);
    expect(await stopped).toEqual({ phase: 'idle' });
    expect(engines[0]?.terminated).toBe(true);
    expect(await answering()).toBe(1);
    expect(losses).toEqual([]);
  });

  it('is ended by Cancel', async () => {
    const abort = new AbortController();
    const started = stoppable().request('start', start, { signal: abort.signal });
    abort.abort(cancelled('Training'));
    await expect(started).rejects.toMatchObject({ code: 'cancelled' });
    vi.advanceTimersByTime(patience);
    await expect.poll(() => engines[0]?.terminated).toBe(true);
    expect(await answering()).toBe(1);
  });

  it('is left alone where it has heard, and where it trains', async () => {
    unanswered(stoppable().stop());
    state.value = idle;
    vi.advanceTimersByTime(patience);
    expect(engines[0]?.terminated).toBe(false);
    expect(await answering()).toBe(0);
  });

  it.each(['a', 'b'])(
    'is left alone where it has heard and soon loads again, be it the same run: %s',
    async (runId) => {
      unanswered(stoppable().stop());
      vi.advanceTimersByTime(patience / 4);
      if (runId === 'a') state.value = idle;
      vi.advanceTimersByTime(patience / 4);
      state.value = { ...loading, runId };
      vi.advanceTimersByTime(patience);
      expect(await answering()).toBe(0);
    },
  );

  it('is not ended for a run that was stopped once another start has come, until Stop again', async () => {
    const engine = stoppable();
    unanswered(engine.stop());
    vi.advanceTimersByTime(patience / 2);
    const started = engine.request('start', start);
    unanswered(started);
    vi.advanceTimersByTime(patience);
    expect(await answering()).toBe(0);
    unanswered(engine.stop());
    vi.advanceTimersByTime(patience);
    await expect(started).rejects.toMatchObject({ code: 'cancelled' });
    expect(await answering()).toBe(1);
  });

  it('is ended in time however often Stop is pressed', async () => {
    const engine = stoppable();
    unanswered(engine.stop());
    vi.advanceTimersByTime(patience / 2);
    unanswered(engine.stop());
    vi.advanceTimersByTime(patience / 2);
    await expect.poll(() => engines[0]?.terminated).toBe(true);
    state.value = loading;
    vi.advanceTimersByTime(patience);
    expect(await answering()).toBe(1);
  });

  it('answers what it was asked, if it was retired before it could be ended', async () => {
    const pausing = connection.request('pause', null);
    await answering();
    const abandoned = connection.abandon(cancelled('Loading'));
    await connection.retire();
    await abandoned;
    engines[0]?.answerPause();
    expect(await pausing).toEqual(idle);
    expect(await answering()).toBe(1);
  });

  it('rejects what it was asked with the reason', async () => {
    const pausing = connection.request('pause', null);
    const rejected = expect(pausing).rejects.toBeInstanceOf(PlaygroundError);
    await answering();
    await connection.abandon(cancelled('Loading'));
    await rejected;
    await expect(pausing).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('an engine that falls silent while it trains', () => {
  const training: EngineState = { phase: 'training', runId: 'a', step: 2, steps: 10 };
  const state = signal<EngineState>(training);
  let stopListening: () => void;
  /** A step of theirs takes 20 s, so that Stop waits for a minute. */
  const points = [0, 20_000].map((time) => ({ step: time, time, learningRate: 1, tokens: 0 }));

  const stoppable = () =>
    stoppableEngine(connection, { state, points: () => points, onEnded: () => undefined });

  beforeEach(async () => {
    await answering();
    state.value = training;
    stopListening = lost.subscribe((failure) => {
      if (failure !== undefined) state.value = { phase: 'failed', runId: 'a', failure };
    });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });

  afterEach(() => {
    vi.useRealTimers();
    stopListening();
    lost.value = undefined;
  });

  it('is ended by Stop once it had time for its longest step, and says why', async () => {
    const stopped = stoppable().stop();
    vi.advanceTimersByTime(59_000);
    await answering();
    expect(engines[0]?.terminated).toBe(false);
    vi.advanceTimersByTime(1000);
    expect(await stopped).toMatchObject({
      phase: 'failed',
      failure: {
        code: 'engine-died',
        message: 'The engine stopped working: it has not heard Stop for 1 min.',
        remedy: 'Train, resume or load a run: that starts it anew.',
      },
    });
    expect(losses).toEqual(['engine-died']);
    expect(engines[0]?.terminated).toBe(true);
    expect(await answering()).toBe(1);
  });

  it('is ended once, however often Stop is pressed, and not with the run that comes next', async () => {
    const engine = stoppable();
    const first = engine.stop();
    vi.advanceTimersByTime(30_000);
    const second = engine.stop();
    vi.advanceTimersByTime(30_000);
    expect([await first, await second].map(({ phase }) => phase)).toEqual(['failed', 'failed']);
    expect(await answering()).toBe(1);
    vi.advanceTimersByTime(60_000);
    expect(await answering()).toBe(1);
    expect(losses).toEqual(['engine-died']);
  });

  it('rejects a checkpoint that was asked for, which would never come', async () => {
    const saving = connection.request('snapshot', { reason: 'request' });
    const rejected = expect(saving).rejects.toMatchObject({ code: 'engine-died' });
    const stopped = stoppable().stop();
    vi.advanceTimersByTime(60_000);
    await stopped;
    await rejected;
  });

  it('is left alone while it hears, however long its last snapshot takes to be written', async () => {
    for (const engine of engines) engine.hears = true;
    const stopped = stoppable().stop();
    unanswered(stopped);
    await connection.request('diagnostics', null);
    await answering();
    vi.advanceTimersByTime(600_000);
    expect(await answering()).toBe(0);
    expect(losses).toEqual([]);
  });
});
