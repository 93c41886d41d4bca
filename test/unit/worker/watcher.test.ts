/**
 * @file Statistics of a run in training: what is seen, when, and that the run does not notice.
 */
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import * as tf from '../../../webview/backends/tf';
import type { Look } from '../../../webview/protocol/inspectionApi';
import { describeRun } from '../../../webview/worker/describeRun';
import { PacedLooks } from '../../../webview/worker/pacedLooks';
import { Watcher } from '../../../webview/worker/watcher';
import { useBackend } from '../support/backends';
import { weightsOf } from '../support/models';
import { longRun, shortRun, TestedSession } from '../support/session';

beforeAll(() => useBackend('cpu'));

class Watched extends TestedSession {
  readonly looks: Look[] = [];
  readonly watcher = new Watcher(this.session, new PacedLooks(this.session), (look) =>
    this.looks.push(look),
  );

  constructor() {
    super();
    watched.push(this);
  }

  /** The look that comes after those there were. */
  async nextLook(): Promise<Look> {
    const before = this.looks.length;
    return vi.waitFor(() => {
      const look = this.looks[before];
      if (look === undefined) throw new Error('Nothing was looked at.');
      return look;
    });
  }
}

const watched: Watched[] = [];

afterEach(async () => {
  for (const { watcher, session } of watched.splice(0)) {
    watcher.watch({ points: [] });
    if (session.state.phase === 'training' || session.state.phase === 'paused')
      await session.stop();
  }
});

const pattern = 'decoder.0.selfAttention.pattern';

describe('a run that is watched', () => {
  it('is looked at while it trains: values and, at first, gradients of what is asked for', async () => {
    const tested = new Watched();
    await tested.start(longRun);
    tested.watcher.watch({ points: [pattern, 'loss'] });
    const look = await tested.nextLook();
    expect(look.runId).toBe('run-1');
    expect(look.points.map(({ path }) => path)).toEqual([pattern, 'loss']);
    const [seen] = look.points;
    // Each row of a pattern sums to 1 over 8 tokens.
    expect(seen?.value.mean).toBeCloseTo(1 / 8, 5);
    expect(seen?.value.max).toBeCloseTo(1, 5);
    expect(seen?.gradient?.deviation).toBeGreaterThan(0);
  });

  it('is looked at once when it rests, at its last step, and again when that changes', async () => {
    const tested = new Watched();
    await tested.start(shortRun({}, { steps: 5000 }), { paused: true });
    tested.watcher.watch({ points: ['logits'] });
    expect(await tested.nextLook()).toMatchObject({ step: 0 });
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(tested.looks).toHaveLength(1);
    const next = tested.nextLook();
    await tested.session.step();
    tested.watcher.lookSoon();
    const { step, points } = await next;
    expect(step).toBe(1);
    expect(points[0]?.gradient).toBeDefined();
  });

  it('has no points that this model lacks: nothing fails, the others are seen', async () => {
    const tested = new Watched();
    await tested.start(longRun, { paused: true });
    tested.watcher.watch({ points: ['decoder.7.mlp.output', 'logits'] });
    const { points } = await tested.nextLook();
    expect(points.map(({ path }) => path)).toEqual(['logits']);
    expect(tested.notices).toEqual([]);
  });

  it('learns the same bits as one that nobody watches, and keeps no tensor of it', async () => {
    const alone = await stepped(async () => {
      // Nobody looks.
    });
    const unwatched = alone.session.run;
    if (unwatched === undefined) throw new Error('The run is gone.');
    const points = describeRun({ run: unwatched }).points.map(({ path }) => path);
    const weights = await weightsOf(unwatched.trainer.parameters);

    const tensors: number[] = [];
    const tested = await stepped(async (each) => {
      const next = each.nextLook();
      each.watcher.watch({ points });
      expect((await next).points).toHaveLength(points.length);
      tensors.push(tf.memory().numTensors);
    });
    const { run } = tested.session;
    if (run === undefined) throw new Error('The run is gone.');
    expect(await weightsOf(run.trainer.parameters)).toEqual(weights);
    const losses = tested.metrics.map(({ loss }) => loss);
    expect(losses).toEqual(alone.metrics.map(({ loss }) => loss));
    expect(losses.filter((loss) => loss !== undefined)).toHaveLength(steps);
    // The first step makes the optimizer's; from then on nothing is added.
    expect(tensors.at(-1)).toBe(tensors[1]);
  });
});

const steps = 8;

/** A run of single steps, with something done after each. */
async function stepped(after: (tested: Watched) => Promise<void>): Promise<Watched> {
  const tested = new Watched();
  await tested.start(shortRun({}, { steps: 5000, sampleEvery: 3, evaluateEvery: 3 }), {
    paused: true,
  });
  for (let step = 0; step < steps; step++) {
    await tested.session.step();
    await after(tested);
  }
  return tested;
}
