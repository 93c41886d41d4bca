/** @file A run through time: what is kept at its evaluations, and that the run does not notice. */
import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../../webview/backends/tf';
import type { MomentSummary } from '../../../webview/protocol/moments';
import type { ActiveRun } from '../../../webview/worker/activeRun';
import { MomentKeeper } from '../../../webview/worker/moments';
import { PacedLooks } from '../../../webview/worker/pacedLooks';
import { useBackend } from '../support/backends';
import { weightsOf } from '../support/models';
import { shortRun, TestedSession } from '../support/session';

beforeAll(() => useBackend('cpu'));

/** Evaluated before the steps 0, 5 and 10 and after the last, the twelfth. */
const config = shortRun();

class Kept extends TestedSession {
  readonly summaries: MomentSummary[] = [];
  readonly errors: unknown[] = [];
  readonly looks = new PacedLooks(this.session);
  readonly keeper: MomentKeeper;

  /** Moments may take all of the time, unless told otherwise. */
  constructor(share = Infinity) {
    super();
    this.keeper = new MomentKeeper({
      run: () => this.session.run,
      looks: this.looks,
      tell: (summary) => this.summaries.push(summary),
      report: (error) => this.errors.push(error),
      share,
    });
    this.observed = (run, observation) => this.keeper.observed(run, observation);
  }
}

async function trained(tested: Kept): Promise<Kept> {
  await tested.start(config);
  await tested.ended();
  return tested;
}

describe('a run in training', () => {
  it('is kept at its first step, at each evaluation and at its last', async () => {
    const tested = await trained(new Kept());
    const { runId, kept } = tested.keeper.moments();
    expect(runId).toBe('run-1');
    expect(kept.map(({ step }) => step)).toEqual([0, 5, 10, 12]);
    expect(tested.summaries).toEqual(kept);
    const evaluated = tested.metrics.filter((point) => point.validationLoss !== undefined);
    expect(kept.map(({ validationLoss }) => validationLoss)).toEqual(
      evaluated.map(({ validationLoss }) => validationLoss),
    );
    const newest = [4, 9, 11].map((step) => {
      const value = tested.metrics.find((point) => point.step === step)?.loss;
      return { step, value };
    });
    expect(kept.map(({ trainingLoss }) => trainingLoss)).toEqual([undefined, ...newest]);
    expect(tested.errors).toEqual([]);
  });

  it('has in each moment attention, next tokens, sample and heads, over one text', async () => {
    const { keeper, samples } = await trained(new Kept());
    const [first, last] = [keeper.moment({ step: 0 }), keeper.moment({ step: 12 })];
    expect(last.tokens).toEqual(first.tokens);
    expect(last.cells).toBe(8);
    expect(last.modules).toEqual([{ path: 'decoder.0.selfAttention.pattern', heads: 2 }]);
    expect(last.patterns.map(({ length }) => length)).toEqual([2 * 8 * 8]);
    expect(last.patterns).not.toEqual(first.patterns);
    // Every row of a pattern comes to 1, which is 255, but for rounding.
    for (let row = 0; row < 16; row++) {
      const weights = [...(last.patterns[0] ?? [])].slice(row * 8, (row + 1) * 8);
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(255, -1);
    }
    expect(last.top).toBe(5);
    expect(last.nextIds).toHaveLength(8 * 5);
    for (let position = 0; position < 8; position++) {
      const shares = [...last.nextProbabilities.subarray(position * 5, position * 5 + 5)];
      expect(shares).toEqual(shares.toSorted((a, b) => b - a));
    }
    expect(last.heads.map(({ head }) => head)).toEqual([0, 1]);
    const written = samples.at(-1);
    expect(last.sample).toEqual({ step: written?.step, text: `t${written?.text ?? ''}` });
  });

  it('learns the same bits as one of which nothing is kept, and holds no tensor more', async () => {
    const before = tf.memory().numTensors;
    const alone = new TestedSession();
    await alone.start(config);
    await alone.ended();
    const weights = await weightsOfRun(alone);
    const losses = alone.metrics.map(({ loss, validationLoss }) => [loss, validationLoss]);
    const texts = alone.samples.map(({ text }) => text);
    const tensors = tf.memory().numTensors;

    const tested = await trained(new Kept());
    expect(tested.keeper.moments().kept.length).toBeGreaterThan(1);
    expect(await weightsOfRun(tested)).toEqual(weights);
    expect(tested.metrics.map((point) => [point.loss, point.validationLoss])).toEqual(losses);
    expect(tested.samples.map(({ text }) => text)).toEqual(texts);
    expect(tf.memory().numTensors - tensors).toBe(tensors - before);
  });

  it('has its moments as often as they may cost, and its last one in any case', async () => {
    const tested = await trained(new Kept(1e-9));
    const steps = tested.keeper.moments().kept.map(({ step }) => step);
    // The first is free; what the second cost, the third would have had to wait for.
    expect(steps).toEqual([0, 5, 12]);
  });

  it('goes on where a moment cannot be seen, and says so once', async () => {
    const tested = new Kept();
    let run: ActiveRun | undefined;
    tested.observed = (observed, observation) => {
      run ??= broken(observed);
      return tested.keeper.observed(run, observation);
    };
    await trained(tested);
    expect(tested.session.state).toMatchObject({
      phase: 'idle',
      last: { outcome: 'finished', step: 12 },
    });
    expect(tested.errors).toHaveLength(1);
  });

  it('begins anew with the next run', async () => {
    const tested = await trained(new Kept());
    await tested.start(config, { paused: true, runId: 'run-2' });
    const { runId, kept } = tested.keeper.moments();
    expect(runId).toBe('run-2');
    expect(kept.map(({ step }) => step)).toEqual([0]);
    await tested.session.stop();
  });
});

describe('a moment', () => {
  it('that is not kept is refused with those that are, and without a run with what to do', async () => {
    const tested = new Kept();
    expect(() => tested.keeper.moments()).toThrow('needs a run');
    expect(() => tested.keeper.moment({ step: 0 })).toThrow('needs a run');
    await trained(tested);
    const refused = { code: 'moment-not-kept', remedy: 'Choose one of these steps: 0, 5, 10, 12.' };
    expect(() => tested.keeper.moment({ step: 3 })).toThrow(
      expect.objectContaining(refused) as Error,
    );
  });
});

async function weightsOfRun({ session }: TestedSession): Promise<Map<string, Float32Array>> {
  if (session.run === undefined) throw new Error('The run is gone.');
  return weightsOf(session.run.trainer.parameters);
}

/** The run, with a model that fails when it is looked at. */
function broken(run: ActiveRun): ActiveRun {
  const trainer = new Proxy(run.trainer, {
    get: (target, name) => {
      if (name === 'parameters') throw new Error('The weights are gone.');
      return Reflect.get(target, name, target) as unknown;
    },
  });
  return new Proxy(run, {
    get: (target, name) =>
      name === 'trainer' ? trainer : (Reflect.get(target, name, target) as unknown),
  });
}
