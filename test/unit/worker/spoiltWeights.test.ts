/**
 * @file Weights that a run's last update spoilt: no later step tells, and yet they are neither
 * saved nor called the result.
 */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as tf from '../../../webview/backends/tf';
import type { RunConfig } from '../../../webview/config/run';
import { keep, tensor } from '../../../webview/ops/values';
import type { Batch } from '../../../webview/tasks/batches';
import { useBackend } from '../support/backends';
import { dawnAdapter } from '../support/dawn';
import { shortRun, TestedSession } from '../support/session';

beforeAll(() => useBackend('cpu'));
afterAll(() => tf.setBackend('cpu'));

/** One update of this learning rate makes a loss of more than ten times ln V. */
function exploding(training: Partial<RunConfig['training']>): RunConfig {
  return shortRun(
    { layers: 4, dModel: 64, heads: 4 },
    { learningRate: 1, finalLearningRate: 1, warmupSteps: 0, clipNorm: 0, ...training },
  );
}

const diverged = {
  phase: 'failed',
  failure: {
    code: 'training-diverged',
    message: expect.stringMatching(/^Training diverged at step 1: the loss is /) as string,
  },
};

describe('an update that spoils the weights', () => {
  it('lets a run fail whose last one it is, and nothing of it is saved', async () => {
    const tested = new TestedSession();
    await tested.start(exploding({ steps: 1 }));
    const end = await tested.ended();
    expect(end).toMatchObject(diverged);
    expect(tested.snapshots).toEqual([]);
    // The curve ends with what the failure says.
    const said = /the loss is ([\d.]+)/.exec(JSON.stringify(end))?.[1];
    expect(tested.metrics.at(-1)).toMatchObject({ step: 1 });
    expect(tested.metrics.at(-1)?.loss?.toFixed(1)).toBe(said);
  });

  it('lets a run fail that is paused after it', async () => {
    const tested = new TestedSession();
    await tested.start(exploding({ steps: 50, evaluateEvery: 50 }), { paused: true });
    const before = tested.snapshots.length;
    await tested.session.step();
    await tested.ended();
    expect(tested.session.state).toMatchObject(diverged);
    expect(tested.snapshots).toHaveLength(before);
  });

  it('is not taken for one that knows its text by heart and fails on another', async () => {
    const tested = new TestedSession();
    tested.onFacts = () => {
      const trainer = tested.session.run?.trainer;
      if (trainer === undefined) throw new Error('There is no run.');
      const evaluate = trainer.evaluate.bind(trainer);
      let validation: Batch | undefined;
      // The first batch that is evaluated is the one of the other text.
      vi.spyOn(trainer, 'evaluate').mockImplementation((batch) =>
        batch === (validation ??= batch) ? keep(tensor([1000], [])) : evaluate(batch),
      );
    };
    await tested.start(shortRun());
    expect(await tested.ended()).toMatchObject({ phase: 'idle', last: { outcome: 'finished' } });
    expect(tested.snapshots.at(-1)).toMatchObject({ reason: 'finish', validationLoss: 1000 });
  });
});

describe('a graphics device, whose losses are read several at a time', () => {
  it('writes no sample with weights that have diverged and were not read yet', async () => {
    await dawnAdapter();
    const tested = new TestedSession();
    // Without layers, since every kernel of a software device takes its time to compile.
    const config = shortRun(
      { layers: 0, positions: 'none', tied: false },
      {
        ...{ learningRate: 1, warmupSteps: 0, clipNorm: 0 },
        ...{ beta1: 0.9999, beta2: 0, epsilon: 1e-12 },
        ...{ steps: 100, evaluateEvery: 100, sampleEvery: 7 },
      },
    );
    await tested.start(config, { backend: 'webgpu' });
    expect(await tested.ended()).toMatchObject({
      phase: 'failed',
      failure: {
        code: 'training-diverged',
        message: expect.stringMatching(/^Training diverged at step [1-6]:/) as string,
      },
    });
    expect(tested.samples.map(({ step }) => step)).toEqual([0]);
  });
});
