/** @file A run through time that goes on in another engine: what it has of before, and what not. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../webview/protocol/engineApi';
import { PlaygroundError } from '../../../webview/config/errors';
import { readMomentPart } from '../../../webview/protocol/momentPart';
import { MomentKeeper } from '../../../webview/worker/moments';
import { PacedLooks } from '../../../webview/worker/pacedLooks';
import { useBackend } from '../support/backends';
import { shortRun, TestedSession } from '../support/session';

beforeAll(() => useBackend('cpu'));

/** Evaluated before the steps 0, 5, 10 and 15 and after the last, the twentieth. */
const config = shortRun({}, { steps: 20, sampleEvery: 5 });

class Watched extends TestedSession {
  readonly keeper = new MomentKeeper({
    run: () => this.session.run,
    looks: new PacedLooks(this.session),
    tell: () => undefined,
    report: (error) => {
      throw error;
    },
    share: Infinity,
  });

  constructor() {
    super();
    this.observed = (run, observation) => this.keeper.observed(run, observation);
  }

  get steps(): number[] {
    return this.keeper.moments().kept.map(({ step }) => step);
  }

  /** Steps of the moments that each snapshot has. */
  get saved(): number[][] {
    return this.snapshots.map(stepsIn);
  }

  /** Single steps up to one at which the run waits, saved. */
  async pausedAt(step: number): Promise<Snapshot> {
    while ((this.session.run?.step ?? NaN) < step) await this.session.step();
    const last = this.snapshots.at(-1);
    if (last === undefined) throw new Error('Nothing was saved.');
    return last;
  }

  /** The parts of all snapshots. */
  get parts(): ArrayBuffer[] {
    return this.snapshots.flatMap(({ moments }) => (moments === undefined ? [] : [moments]));
  }
}

function stepsIn({ moments }: Snapshot): number[] {
  return moments === undefined ? [] : readMomentPart(moments).moments.map(({ step }) => step);
}

/** A run that was paused at step 7, and what it saved. */
async function cut(): Promise<{ before: Watched; last: Snapshot }> {
  const before = new Watched();
  await before.start(config, { backend: 'cpu', paused: true });
  const last = await before.pausedAt(7);
  return { before, last };
}

/** Goes on from a snapshot in another engine, and waits there. */
async function resumed(
  { checkpoint }: Snapshot,
  moments: readonly ArrayBuffer[],
): Promise<Watched> {
  const after = new Watched();
  await after.start(config, { backend: 'cpu', checkpoint, moments, paused: true });
  return after;
}

describe('a snapshot', () => {
  it('has the moments seen since the one before it, and no others', async () => {
    const { before } = await cut();
    await before.session.resume();
    await before.ended();
    expect(before.saved.filter((steps) => steps.length > 0)).toEqual([[0], [5], [10, 15, 20]]);
  });

  it('that the disk did not take gives its moments to the next one', async () => {
    const tested = new Watched();
    tested.diskFailure = new PlaygroundError({ code: 'full', message: 'Full.', remedy: 'Wait.' });
    await tested.start(config, { backend: 'cpu', paused: true });
    await tested.session.step();
    tested.diskFailure = undefined;
    await tested.session.step();
    expect(tested.saved).toEqual([[0]]);
    await tested.session.stop();
  });
});

describe('a run that goes on in another engine', () => {
  it('has its moments at once, whole, and then those to come', async () => {
    const { before, last } = await cut();
    const after = await resumed(last, before.parts);
    expect(after.keeper.moments()).toEqual(before.keeper.moments());
    for (const step of [0, 5]) {
      expect(after.keeper.moment({ step })).toEqual(before.keeper.moment({ step }));
    }
    expect(after.notices).toEqual([]);
    await after.session.resume();
    await after.ended();
    expect(after.steps).toEqual([0, 5, 10, 15, 20]);
    expect(after.saved.flat()).toEqual([10, 15, 20]);
  });

  it('from an earlier step sees what came later again', async () => {
    const { before } = await cut();
    const early = before.snapshots.find(({ step }) => step === 3);
    if (early === undefined) throw new Error('Nothing was saved at step 3.');
    const after = await resumed(early, before.parts);
    expect(after.steps).toEqual([0]);
    await after.session.resume();
    await after.ended();
    expect(after.steps).toEqual([0, 5, 10, 15, 20]);
    await before.session.stop();
  });

  it('learns the same bits whether it has its moments or not', async () => {
    const { before, last } = await cut();
    const [plain, seen] = [await resumed(last, []), await resumed(last, before.parts)];
    for (const tested of [plain, seen]) {
      await tested.session.resume();
      await tested.ended();
    }
    const losses = ({ metrics }: Watched) =>
      metrics.map(({ loss, validationLoss }) => [loss, validationLoss]);
    expect(losses(seen)).toEqual(losses(plain));
    expect(seen.snapshots.at(-1)?.validationLoss).toBe(plain.snapshots.at(-1)?.validationLoss);
    expect(plain.steps).toEqual([10, 15, 20]);
  });

  it('goes on without what is damaged, and says so', async () => {
    const { before, last } = await cut();
    const [first, second] = before.parts;
    if (first === undefined || second === undefined) throw new Error('Too little was saved.');
    const after = await resumed(last, [first, second.slice(0, -1)]);
    expect(after.steps).toEqual([0]);
    expect(after.facts[0]?.notices.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^1 of 2 files .* cannot be read.*Training is not affected\.$/),
    ]);
    await after.session.stop();
    await before.session.stop();
  });
});
