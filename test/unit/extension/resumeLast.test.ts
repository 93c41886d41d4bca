/** @file Resuming: which of the saved runs goes on, and what of them the page offers. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { window } from 'vscode';
import { disk } from '../support/disk';
import { WindowOnDisk } from '../support/savedRuns';

vi.mock('vscode', async () => ({
  ...(await import('../support/vscode')),
  ProgressLocation: { Notification: 15 },
  window: {
    showWarningMessage: vi.fn(),
    showQuickPick: vi.fn(),
    withProgress: (_options: unknown, task: (progress: unknown, token: unknown) => unknown) =>
      task(undefined, { isCancellationRequested: false }),
  },
}));

const asked = vi.mocked(window.showWarningMessage);
const picked = vi.mocked(window.showQuickPick);
let here: WindowOnDisk;
let there: WindowOnDisk;

/** What takes the look for another window. */
async function afterLooking<T>(resuming: Promise<T>): Promise<T> {
  await vi.advanceTimersByTimeAsync(3000);
  return resuming;
}

beforeEach(() => {
  vi.useFakeTimers();
  asked.mockReset();
  picked.mockReset();
  disk.clear();
  here = new WindowOnDisk('here');
  there = new WindowOnDisk('there');
});

afterEach(() => {
  here.session.dispose();
  vi.useRealTimers();
});

/** A run stopped here, then another one in the other window. */
async function oneEach() {
  const own = await here.save('Tiny GPT', 50);
  here.engine.run = own;
  vi.advanceTimersByTime(1000);
  return { own, others: await there.save('recipes.txt', 70) };
}

describe('Resume under a run', () => {
  it('goes on with that run, whatever another window has saved since', async () => {
    const { own } = await oneEach();
    expect((await here.session.view()).resumable?.runId).toBe(own.id);
    await here.session.resumeRun(own.id);
    expect(here.continued).toEqual([own.id]);
  });

  it('goes on with that run while another window trains a newer one', async () => {
    const { own, others } = await oneEach();
    await there.train(others);
    expect((await here.session.view()).resumable?.runId).toBe(own.id);
    await here.session.resumeRun(own.id);
    expect(here.continued).toEqual([own.id]);
    expect(asked).not.toHaveBeenCalled();
  });

  it('is not offered where another window goes on with it, and offers to watch it', async () => {
    const { own } = await oneEach();
    await there.train(own);
    expect((await here.session.view()).resumable).toBeUndefined();
    await afterLooking(here.session.resumeRun(own.id));
    expect(here.continued).toEqual([]);
    expect(asked.mock.lastCall?.[0]).toMatch(/^“Tiny GPT” is being trained in another window/);
  });

  it('says of a run that was deleted that it is gone, and starts no other one', async () => {
    const { own } = await oneEach();
    await own.destroy();
    await expect(here.session.resumeRun(own.id)).rejects.toThrow(/nothing of it is saved any more/);
    expect(here.continued).toEqual([]);
    expect(here.shown).toHaveLength(1);
  });
});

describe('Resume Last Run', () => {
  it('passes over a newer run that another window trains, and says so', async () => {
    const { own, others } = await oneEach();
    await there.train(others);
    await afterLooking(here.session.resumeLast());
    expect(here.continued).toEqual([own.id]);
    expect(here.told).toEqual([
      'The newer run “recipes.txt” is being trained in another window: “Tiny GPT” is resumed instead.',
    ]);
  });

  it('offers to watch where there is no other run', async () => {
    const only = await there.save('recipes.txt', 70);
    await there.train(only);
    await afterLooking(here.session.resumeLast());
    expect(here.continued).toEqual([]);
    expect(asked.mock.lastCall?.[0]).toMatch(/^“recipes.txt” is being trained in another window/);
  });

  it('goes on with the newest run once no window trains it', async () => {
    const { others } = await oneEach();
    const end = await there.train(others);
    await end();
    await here.session.resumeLast();
    expect(here.continued).toEqual([others.id]);
  });

  it('says where nothing is saved that nothing is', async () => {
    await expect(here.session.resumeLast()).rejects.toThrow(/none is saved here\./);
  });

  it('does not go on offering a run none of whose checkpoints can be read', async () => {
    await here.save('Tiny GPT', 10, new ArrayBuffer(2000));
    expect((await here.session.view()).resumable?.step).toBe(10);
    await expect(here.session.resumeLast()).rejects.toThrow(/is damaged and cannot be resumed/);
    expect(here.shown).toHaveLength(1);
    expect((await here.shown[0])?.resumable).toBeUndefined();
  });
});

describe('Resume Another Run', () => {
  interface Item {
    readonly label: string;
    readonly description: string;
    readonly detail: string;
  }

  /** What the list showed. */
  const list = () => picked.mock.lastCall?.[0] as readonly Item[];

  /** The user picks the entry of a run. */
  const pick = (name: string): void => {
    picked.mockImplementation((items) =>
      Promise.resolve((items as unknown as Item[]).find(({ label }) => label === name) as never),
    );
  };

  it('goes on with any run that was saved before the last one', async () => {
    const { own } = await oneEach();
    pick('Tiny GPT');
    await here.session.resumeAnother();
    expect(list().map(({ label, description }) => `${label}, ${description}`)).toEqual([
      'recipes.txt, step 70 of 8,000',
      'Tiny GPT, step 50 of 8,000',
    ]);
    expect(here.continued).toEqual([own.id]);
  });

  it('marks what another window trains, and offers to watch that', async () => {
    const { others } = await oneEach();
    await there.train(others);
    pick('recipes.txt');
    await afterLooking(here.session.resumeAnother());
    expect(list().map(({ detail }) => detail.endsWith('another window'))).toEqual([true, false]);
    expect(here.continued).toEqual([]);
    expect(asked.mock.lastCall?.[0]).toMatch(/^“recipes.txt” is being trained in another window/);
  });

  it('lists no run that cannot be continued, and does nothing if none is picked', async () => {
    const { own } = await oneEach();
    await own.removeCheckpoint(50);
    await here.session.resumeAnother();
    expect(list().map(({ label }) => label)).toEqual(['recipes.txt']);
    expect(here.continued).toEqual([]);
  });

  it('says where nothing is saved that nothing is, in place of an empty list', async () => {
    await expect(here.session.resumeAnother()).rejects.toThrow(/none is saved here\./);
    expect(picked).not.toHaveBeenCalled();
  });
});
