/** @file Whether a run that was stopped and resumed is the run it would have been. */
import { afterEach, beforeAll, describe, expect, it } from 'vitest';

import type { BackendReport } from '../../../webview/config/backend';
import type { RunConfig } from '../../../webview/config/run';
import { readCheckpoint, writeCheckpoint } from '../../../webview/formats/checkpoint';
import type { Snapshot } from '../../../webview/protocol/engineApi';
import * as tf from '../../../webview/backends/tf';
import { useBackend } from '../support/backends';
import { dawnAdapter } from '../support/dawn';
import { shortRun, TestedSession } from '../support/session';

beforeAll(() => useBackend('cpu'));
afterEach(() => tf.setBackend('cpu'));

const losses = (tested: TestedSession) =>
  tested.metrics.map(({ step, loss, validationLoss }) => [step, loss ?? validationLoss]);

/** Trains to the end; returns what it told. */
async function whole(config: RunConfig, backend: 'cpu' | 'wasm'): Promise<TestedSession> {
  const tested = new TestedSession();
  await tested.start(config, { backend });
  await tested.ended();
  return tested;
}

/** A session that goes on from another one's snapshot, to the end. */
async function resumed(
  config: RunConfig,
  { checkpoint }: Snapshot,
  recordedBackend: BackendReport,
): Promise<TestedSession> {
  const tested = new TestedSession();
  await tested.start(config, { backend: 'auto', checkpoint, recordedBackend });
  await tested.ended();
  return tested;
}

function lastOf(tested: TestedSession): Snapshot {
  const last = tested.snapshots.at(-1);
  if (!last) throw new Error('Nothing was saved.');
  return last;
}

describe.each(['cpu', 'wasm'] as const)('a run on %s', (backend) => {
  it.each([
    ['plain', shortRun({}, { steps: 20 })],
    ['with dropout', shortRun({ dropout: 0.2 }, { steps: 20 })],
    ['with uniform attention', shortRun({ attention: 'uniform' }, { steps: 20 })],
  ])('%s, resumed from its snapshot’s bytes, ends bit for bit the same', async (_, config) => {
    const uninterrupted = await whole(config, backend);

    const before = new TestedSession();
    const { backend: report } = await before.start(config, { backend });
    await before.made(7);
    await before.session.stop();
    const cut = lastOf(before);
    const after = await resumed(config, cut, report);

    expect(cut.step).toBeLessThan(20);
    expect([...losses(before), ...losses(after)]).toEqual(losses(uninterrupted));
    const end = lastOf(after);
    const want = lastOf(uninterrupted);
    expect(end.step).toBe(20);
    expect(tensorBytes(end)).toEqual(tensorBytes(want));
    expect([...before.samples, ...after.samples]).toEqual(uninterrupted.samples);
    expect(end.validationLoss).toBe(want.validationLoss);
  });

  it('cut between two points of its curve, which average several steps, draws the same curve', async () => {
    const config = shortRun({}, { steps: 8000, evaluateEvery: 500, sampleEvery: 500 });
    const begun = new TestedSession();
    const { backend: recordedBackend } = await begun.start(config, { backend, paused: true });
    const first = await begun.session.snapshot('request');
    await begun.session.stop();
    // From this step on a point stands for four.
    const late = writeCheckpoint({ ...readCheckpoint(first.checkpoint), step: 1000 }).buffer;
    const resume = { backend: 'auto', checkpoint: late, recordedBackend, paused: true } as const;

    const uninterrupted = new TestedSession();
    await uninterrupted.start(config, resume);
    await makeSteps(uninterrupted, 14);

    const before = new TestedSession();
    await before.start(config, resume);
    await makeSteps(before, 6);
    const { checkpoint } = await before.session.snapshot('request');
    await before.session.stop();
    const after = new TestedSession();
    await after.start(config, { backend: 'auto', checkpoint, recordedBackend, paused: true });
    await makeSteps(after, 8);

    const curve = losses(uninterrupted);
    expect(curve.map(([step]) => step)).toEqual([1000, 1004, 1008, 1012]);
    expect([...losses(before), ...losses(after)]).toEqual(curve);
    await Promise.all([uninterrupted.session.stop(), after.session.stop()]);
  });
});

/** Makes steps of a run that waits: exactly so many, and as a run in training makes them. */
async function makeSteps({ session }: TestedSession, steps: number): Promise<void> {
  for (let step = 0; step < steps; step++) await session.run?.advance();
}

/** A checkpoint's weights and moments; its header also says how long training took. */
function tensorBytes({ checkpoint }: Snapshot): Uint8Array {
  const header = Number(new DataView(checkpoint).getBigUint64(0, true));
  return new Uint8Array(checkpoint, 8 + header);
}

describe('a run cut at a step where it was measured', () => {
  const config = shortRun({}, { steps: 20, evaluateEvery: 5, sampleEvery: 5 });

  /** Paused at step 5, after its evaluation and sample. */
  async function cutAtFive(): Promise<[TestedSession, BackendReport]> {
    const tested = new TestedSession();
    const { backend } = await tested.start(config, { backend: 'cpu', paused: true });
    while ((tested.session.run?.step ?? NaN) < 5) await tested.session.step();
    await tested.session.stop();
    expect(lastOf(tested)).toMatchObject({ step: 5, validationLoss: expect.any(Number) as number });
    expect(tested.samples.map(({ step }) => step)).toEqual([0, 5]);
    return [tested, backend];
  }

  it('is not measured there a second time when it goes on', async () => {
    const [before, backend] = await cutAtFive();
    const after = await resumed(config, lastOf(before), backend);
    const validated = after.metrics.filter(({ validationLoss }) => validationLoss !== undefined);
    expect(validated.map(({ step }) => step)).toEqual([10, 15, 20]);
    expect(after.samples.map(({ step }) => step)).toEqual([10, 15, 20]);
  });

  it('counts its time and its tokens on', async () => {
    const [before, backend] = await cutAtFive();
    const after = await resumed(config, lastOf(before), backend);
    const { batchSize } = config.training;
    const { context } = config.model;
    expect(after.metrics.map(({ step, tokens }) => tokens / step)).toEqual(
      after.metrics.map(() => batchSize * context),
    );
    const times = [...before.metrics, ...after.metrics].map(({ time }) => time);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(after.metrics[0]?.time).toBeGreaterThan(0);
    const elapsed = [...before.metrics, ...after.metrics].map((point) => point.elapsed ?? NaN);
    expect(elapsed).toEqual(elapsed.toSorted((a, b) => a - b));
    // Evaluations and samples take their time beside the steps.
    expect(elapsed.at(-1)).toBeGreaterThan(times.at(-1) ?? NaN);
  });

  it('still knows its last validation loss before it measures another', async () => {
    const [before, backend] = await cutAtFive();
    const { checkpoint, validationLoss } = lastOf(before);
    const after = new TestedSession();
    await after.start(config, { checkpoint, recordedBackend: backend, paused: true });
    expect((await after.session.snapshot('request')).validationLoss).toBe(validationLoss);
    await after.session.stop();
  });
});

describe('a run cut before what is measured at its step', () => {
  const config = shortRun({}, { steps: 12, evaluateEvery: 5, sampleEvery: 5 });

  const measured = ({ metrics, samples }: TestedSession) => ({
    evaluated: metrics
      .filter(({ validationLoss }) => validationLoss !== undefined)
      .map(({ step, validationLoss }) => [step, validationLoss]),
    samples,
  });

  describe.each([
    ['on the way', 5],
    ['at its last step', 12],
  ])('%s', (_, step) => {
    it.each([
      ['its page is hidden', 'hide'],
      ['a checkpoint is asked for', 'request'],
    ] as const)('because %s measures it when it goes on', async (_why, reason) => {
      const before = new TestedSession();
      const cut = before.made(step).then(async () => {
        if (reason === 'request') return before.session.snapshot(reason);
        before.session.hidden();
        await before.ended();
        return before.snapshots.find((snapshot) => snapshot.reason === reason) ?? lastOf(before);
      });
      const { backend } = await before.start(config, { backend: 'cpu' });
      const saved = await cut;
      await before.ended();
      expect(saved).toMatchObject({ step, reason });

      const after = await resumed(config, saved, backend);
      const whole = measured(before);
      expect(whole.evaluated.map(([at]) => at)).toEqual([0, 5, 10, 12]);
      expect(measured(after)).toEqual({
        evaluated: whole.evaluated.filter(([at = NaN]) => at >= step),
        samples: whole.samples.filter((sample) => sample.step >= step),
      });
      expect(lastOf(after)).toMatchObject({ step: 12, reason: 'finish' });
    });
  });
});

describe('a run that goes on where it was', () => {
  it('does not say that the user chose it, and still says why it is not on WebGPU', async () => {
    const config = shortRun();
    const before = new TestedSession();
    const { backend } = await before.start(config, { backend: 'auto' });
    await before.ended();
    const after = new TestedSession();
    const { checkpoint } = lastOf(before);
    const facts = await after.start(config, {
      backend: 'auto',
      checkpoint,
      recordedBackend: backend,
    });
    expect(facts.backend.reason).toBe('This run was trained on WASM and goes on there.');
    expect(facts.backend.rejected).toEqual(backend.rejected);
    expect(facts.backend.versions).toEqual(backend.versions);
    expect(facts.notices).toEqual([]);
    await after.ended();
  });
});

describe('a run that goes on elsewhere', () => {
  it('says that another backend continues the curve, not its bits', async () => {
    const config = shortRun();
    const before = new TestedSession();
    const { backend } = await before.start(config, { backend: 'cpu', paused: true });
    const { checkpoint } = await before.session.snapshot('request');
    await before.session.stop();
    const after = new TestedSession();
    const facts = await after.start(config, {
      backend: 'wasm',
      checkpoint,
      recordedBackend: backend,
    });
    expect(facts.notices).toEqual([
      expect.objectContaining({
        code: 'continued-elsewhere',
        message: expect.stringMatching(/on plain CPU and goes on on WASM/) as string,
      }),
    ]);
    await after.ended();
  });

  it('is refused on a text of other characters, whose ids would mean something else', async () => {
    const config = shortRun();
    const before = await whole(config, 'wasm');
    const { checkpoint } = lastOf(before);
    const bytes = new TextEncoder().encode('THE CAT SAT ON THE MAT AND THE DOG. '.repeat(9)).buffer;
    const after = new TestedSession();
    await expect(
      after.start(config, { checkpoint, text: { name: 'verse.txt', bytes } }),
    ).rejects.toMatchObject({ code: 'text-changed' });
  });
});

describe('a run on a graphics device', () => {
  it('that is lost ends failed with its remedy, and goes on from its snapshot on WASM', async () => {
    // Without layers, since every kernel of a software device takes its time to compile.
    const training = { evaluateEvery: 2000, sampleEvery: 2000, sampleLength: 1 };
    const config = shortRun({ layers: 0 }, { ...training, steps: 2000 });
    await dawnAdapter();
    const tested = new TestedSession();
    const facts = await tested.start(config, { backend: 'webgpu' });
    expect(facts.backend.backend).toBe('webgpu');
    await tested.made(2);
    await tested.session.pause();
    const saved = lastOf(tested);
    await tested.session.resume();
    await tested.made(saved.step + 2);
    tested.session.run?.device?.destroy();
    expect(await tested.ended()).toMatchObject({
      phase: 'failed',
      failure: {
        code: 'device-lost',
        remedy: expect.stringContaining('WASM') as string,
      },
    });
    const again = await tested.start(shortRun({ layers: 0 }, { ...training, steps: 5 }), {
      backend: 'auto',
      recordedBackend: facts.backend,
    });
    expect(again.backend).toMatchObject({
      backend: 'wasm',
      rejected: [expect.objectContaining({ cause: 'device-lost' }) as object],
    });
    expect(await tested.ended()).toMatchObject({ phase: 'idle', last: { outcome: 'finished' } });
  });
});
