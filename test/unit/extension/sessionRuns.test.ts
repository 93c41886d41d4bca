/** @file Runs of yesterday and of other windows: how they are continued, and what shows them. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { window } from 'vscode';
import type { Continuation, Engine } from '../../../extension/engine/engine';
import { Session } from '../../../extension/engine/session';
import type { TextSource } from '../../../extension/datasets/decodeText';
import type { Messages } from '../../../extension/messages';
import type { Playground } from '../../../extension/playground/playground';
import { Ownership } from '../../../extension/runs/ownership';
import { RunStore } from '../../../extension/runs/runStore';
import type { StoredRun } from '../../../extension/runs/storedRun';
import { configForText, defaultPreset } from '../../../webview/config/presets';
import { staleAfter } from '../../../webview/formats/runFolder';
import type { EngineState } from '../../../webview/protocol/engineApi';
import { at, disk } from '../support/disk';
import { factsOf } from '../support/facts';
import { snapshotAt } from '../support/hostedEngine';
import { wholeCheckpoint } from '../support/wholeCheckpoint';

vi.mock('vscode', async () => ({
  ...(await import('../support/vscode')),
  window: { showWarningMessage: vi.fn() },
}));

/** The other window is seen to be alive at once. */
vi.mock('../../../extension/engine/waitUntilFree', () => ({
  waitUntilFree: async (ownership: Ownership) =>
    (await ownership.other()) === undefined ? 'free' : 'owned',
}));

const { config } = defaultPreset;
const { steps } = config.training;

let session: Session;
let store: RunStore;
let playground: { isRestored: boolean } & Record<string, unknown>;
let engine: { isBusy: boolean; runName: string } & Record<string, unknown>;
/** The engine has changed. */
let changed: (state: EngineState) => void;
const latest = vi.fn();
const continued = vi.fn<(run: Continuation) => Promise<void>>();

beforeEach(() => {
  disk.clear();
  continued.mockReset();
  vi.mocked(window.showWarningMessage).mockReset();
  latest.mockReset();
  const messages = {
    remember: vi.fn(),
    logged: vi.fn(),
    information: vi.fn(),
  } as unknown as Messages;
  const context = { storageUri: undefined, globalStorageUri: at('/global') };
  store = new RunStore(context as never, messages, 'here');
  engine = {
    isBusy: false,
    runName: '',
    run: undefined,
    settled: () => Promise.resolve(),
    onNews: () => ({ dispose: () => undefined }),
    onDidChange: (listener: typeof changed) => {
      changed = listener;
      return { dispose: () => undefined };
    },
    begin: () => Promise.resolve(),
    continue: continued,
  };
  playground = { endpoint: { latest }, open: () => Promise.resolve(), isRestored: false };
  session = new Session(
    playground as unknown as Playground,
    engine as unknown as Engine,
    store,
    messages,
  );
});

afterEach(() => {
  vi.useRealTimers();
  session.dispose();
});

/** A run that was saved at a step. */
async function savedAt(step: number, text?: TextSource): Promise<StoredRun> {
  const run = await store.create(text ? configForText(text.name) : config, text);
  await run.recordFacts(factsOf(run.id));
  const checkpoint = wholeCheckpoint(step, config);
  await run.store({ ...snapshotAt(step), runId: run.id, checkpoint });
  return run;
}

it.each([
  ['a finished run is loaded to write texts, not trained', steps, true],
  ['a run with a step left goes on training', steps - 1, false],
])('%s', async (_, step, paused) => {
  await savedAt(step);
  await session.resumeLast();
  expect(continued.mock.lastCall?.[0]).toMatchObject({ paused, checkpoint: { step } });
});

describe('an engine that fails', () => {
  const failure = { code: 'engine-died', message: 'It died.', remedy: 'Try.' };

  it('while nothing is trained has the page told what can be resumed', () => {
    engine.run = { isLive: false };
    changed({ phase: 'failed', failure });
    expect(latest).toHaveBeenCalledWith('view', expect.any(Function));
  });

  it('under a run says what is left of that when it is on disk, not before', () => {
    engine.run = { isLive: true };
    changed({ phase: 'failed', runId: 'r', step: 3, failure });
    expect(latest).not.toHaveBeenCalled();
  });
});

describe('on a page that VS Code brought back, the run of before', () => {
  it('is shown with its curve while its claim stands, and offered when that is stale', async () => {
    vi.useFakeTimers({ now: Date.now() });
    const run = await savedAt(10);
    await new Ownership(run.files, 'before the reload').claim();
    playground.isRestored = true;
    const claimed = await session.view();
    expect(claimed.claimed).toMatchObject({ runId: run.id, step: 10 });
    expect(claimed.history?.facts.runId).toBe(run.id);
    expect(claimed.resumable).toBeUndefined();
    expect(latest).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(staleAfter + 5000);
    expect(latest).toHaveBeenCalledWith('view', expect.any(Function));
    const free = await session.view();
    expect(free.resumable).toMatchObject({ runId: run.id, step: 10 });
    expect(free.claimed).toBeUndefined();
  });

  it('is named on a new page, but not shown there as its own', async () => {
    const run = await savedAt(10);
    await new Ownership(run.files, 'there').claim();
    const view = await session.view();
    expect(view.claimed).toMatchObject({ runId: run.id });
    expect(view.history).toBeUndefined();
  });

  it('has its text to be trained on again', async () => {
    const bytes = new TextEncoder().encode('a b c '.repeat(200)).buffer;
    const run = await savedAt(10, { name: 'own.txt', bytes });
    await new Ownership(run.files, 'before the reload').claim();
    playground.isRestored = true;
    expect((await session.view()).textName).toBe('own.txt');
    const begin = vi.fn(() => Promise.resolve());
    engine.begin = begin;
    await session.trainConfigured(configForText('own.txt'));
    expect(begin).toHaveBeenCalledWith(
      expect.anything(),
      expect.objectContaining({ name: 'own.txt' }),
    );
  });
});

const warned = vi.mocked(window.showWarningMessage);

describe('another window’s run', () => {
  beforeEach(async () => {
    const run = await savedAt(10);
    await new Ownership(run.files, 'there').claim();
    warned.mockResolvedValue('Watch It Here' as never);
  });

  it('is watched no more once one is trained here', async () => {
    await session.resumeLast();
    expect(await session.view()).toMatchObject({ watching: true });
    await session.trainTiny();
    expect((await session.view()).watching).not.toBe(true);
  });

  it('leaves the page also where the run that ended the watching could not begin', async () => {
    await session.resumeLast();
    latest.mockReset();
    engine.begin = () => Promise.reject(new Error('no page'));
    await expect(session.trainTiny()).rejects.toThrow('no page');
    expect(latest).toHaveBeenCalledWith('view', expect.any(Function));
  });

  it('is not watched beside one that was begun while the offer stood', async () => {
    let press = (): void => undefined;
    const pressed = new Promise<string>((resolve) => {
      press = () => {
        resolve('Watch It Here');
      };
    });
    warned.mockReturnValue(pressed as never);
    const resuming = session.resumeLast();
    await vi.waitFor(() => {
      expect(warned).toHaveBeenCalled();
    });
    Object.assign(engine, { isBusy: true, runName: 'sonnets.txt' });
    press();
    await expect(resuming).rejects.toMatchObject({
      code: 'run-active',
      message: '“sonnets.txt” is in the engine already.',
    });
    engine.isBusy = false;
    expect((await session.view()).watching).toBe(false);
  });
});
