/**
 * @file What the user is told of a run: once, with numbers as the page writes them, and nothing
 * that is not so.
 */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { EngineNews } from '../../../extension/engine/news';
import { PlaygroundError } from '../../../webview/config/errors';

const executeCommand = vi.fn();

vi.mock('vscode', async () => ({
  ...(await import('../support/vscode')),
  commands: { executeCommand: (...args: unknown[]) => void executeCommand(...args) },
}));

const messages = {
  information: vi.fn(),
  warning: vi.fn(),
  failure: vi.fn(),
  remember: vi.fn(),
};

const stored = {
  isLasting: true,
  storedStep: 7999,
  record: { step: 7999 },
  summary: {},
};

/** Of a run of which no snapshot is left. */
const isKept = () => Promise.resolve(false);

interface News {
  readonly kind: string;
  readonly run?: object;
  readonly [detail: string]: unknown;
}

async function tell(news: News, isPanelVisible = false): Promise<void> {
  const { Announcements } = await import('../../../extension/engine/announcements');
  const kept = { isKept: () => Promise.resolve(true) };
  const run = { id: 'r', name: 'Tiny GPT', step: 8000, stored, ...kept, ...news.run };
  const engine = {
    onNews: (listener: (news: EngineNews) => void) => {
      listener({ ...news, run } as never);
      return { dispose: () => undefined };
    },
  };
  new Announcements(engine as never, messages as never, () => isPanelVisible);
  // It may look at the run's files first.
  await new Promise((resolve) => setTimeout(resolve));
}

const informed = (): unknown => messages.information.mock.lastCall?.[0];

beforeEach(() => {
  vi.clearAllMocks();
});

describe('closing the panel', () => {
  it('tells what is kept and what is lost, with numbers that read well', async () => {
    await tell({ kind: 'closed', step: 8000, lost: 1 });
    expect(informed()).toBe(
      'The playground was closed at step 8,000 of “Tiny GPT”. The run is kept at step 7,999; 1 step was lost.',
    );
    await tell({ kind: 'closed', step: 8000, lost: 1234 });
    expect(informed()).toMatch(/; 1,234 steps were lost\.$/);
  });

  it('does not say of a run in memory that it outlives the window', async () => {
    const inMemory = { stored: { ...stored, isLasting: false } };
    await tell({ kind: 'closed', step: 8000, lost: 1, run: inMemory });
    expect(informed()).toMatch(/kept in memory until this window closes, at step 7,999; 1 step/);
  });

  it('offers to resume that very run', async () => {
    await tell({ kind: 'closed', step: 8000, lost: 1 });
    const offer = messages.information.mock.lastCall?.[1] as { run: () => void };
    offer.run();
    expect(executeCommand).toHaveBeenCalledWith('transformerPlayground.resumeAnotherRun', 'r');
  });

  it('does not say that a run is kept whose snapshots are gone', async () => {
    await tell({ kind: 'closed', step: 8000, lost: 1, run: { isKept } });
    expect(messages.information.mock.lastCall).toEqual([
      'The playground was closed at step 8,000 of “Tiny GPT”. Its snapshots are gone from its folder, so it cannot be resumed.',
    ]);
  });

  it('says before the first snapshot that nothing was kept', async () => {
    const fresh = { isKept, stored: { ...stored, record: { step: 0 } } };
    await tell({ kind: 'closed', step: 8, lost: 8, run: fresh });
    expect(informed()).toMatch(/“Tiny GPT”, before its first snapshot: nothing was kept\.$/);
  });
});

describe('a run that failed', () => {
  const failed = (code: string) => ({
    kind: 'failed',
    error: new PlaygroundError({ code, message: 'It broke.', remedy: 'Mend it.' }),
  });

  it('is told by the page where that is seen, and by a message only where it is not', async () => {
    await tell(failed('text-short'), true);
    expect(messages.failure).not.toHaveBeenCalled();
    expect(messages.remember).toHaveBeenCalledTimes(1);
    await tell(failed('text-short'), false);
    expect(messages.failure).toHaveBeenCalledTimes(1);
  });

  it('is not offered to be resumed into the same divergence', async () => {
    await tell(failed('training-diverged'));
    expect(messages.failure.mock.lastCall).toHaveLength(1);
    await tell(failed('device-lost'));
    expect(messages.failure.mock.lastCall).toHaveLength(2);
  });

  it('is not offered to be resumed where its snapshots are gone', async () => {
    await tell({ ...failed('device-lost'), run: { isKept } });
    expect(messages.failure.mock.lastCall).toHaveLength(1);
  });

  it('with its engine is promised no Resume that is not there', async () => {
    const remedy = () => (messages.failure.mock.lastCall?.[0] as PlaygroundError).remedy;
    await tell(failed('engine-died'));
    expect(remedy()).toBe('Resume continues from the last snapshot.');
    expect(messages.failure.mock.lastCall).toHaveLength(2);
    await tell({ ...failed('engine-died'), run: { isKept } });
    expect(remedy()).toBe('Nothing of the run was saved that could be resumed: train again.');
    expect(messages.failure.mock.lastCall).toHaveLength(1);
  });
});

describe('a recovered run', () => {
  it('says nothing of lost steps where none was lost', async () => {
    await tell({ kind: 'recovered', lost: 0, cause: 'page' });
    expect(informed()).toMatch(/goes on from step 7,999\.$/);
    await tell({ kind: 'recovered', lost: 1, cause: 'page' });
    expect(informed()).toMatch(/ 1 step since the last snapshot was lost and is trained again\.$/);
  });

  it('is said to begin again where it has no snapshot to go on from', async () => {
    const run = { stored: { ...stored, storedStep: 0 } };
    await tell({ kind: 'recovered', lost: 30, cause: 'device', run });
    expect(informed()).toBe(
      'The graphics device was lost, and the engine started again without it. ' +
        '“Tiny GPT” begins again from step 0, as it has no later snapshot. ' +
        '30 steps were lost and are trained again.',
    );
  });
});

describe('a run that cannot be saved', () => {
  it('says why in words, and that training goes on', async () => {
    const error = new Error("ENOSPC: no space left on device, write '/home/ann/runs'");
    await tell({ kind: 'not-saved', error });
    expect(messages.warning.mock.lastCall?.[0]).toBe(
      '“Tiny GPT” could not be saved: the disk is full. Training goes on, and the next snapshot tries again. Free disk space.',
    );
  });

  it('says at its end at which step it is kept, and where it cannot be for long', async () => {
    const error = new Error("ENOTDIR: not a directory, stat '/home/ann/runs'");
    await tell({ kind: 'rescued', error, run: { stored: { ...stored, isLasting: false } } });
    expect(messages.warning.mock.lastCall?.[0]).toMatch(
      /^“Tiny GPT” could not be saved: a file lies.*\. It is kept in memory, at step 7,999, and can be resumed until this window closes or is reloaded\. Move/,
    );
    await tell({ kind: 'rescued', error });
    expect(messages.warning.mock.lastCall?.[0]).toMatch(
      /It is kept in another folder, at step 7,999, and can be resumed\./,
    );
  });
});
