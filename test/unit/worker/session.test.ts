/** @file The engine's state machine, driven as the page drives it. */
import { beforeAll, describe, expect, it, vi } from 'vitest';

import * as tf from '../../../webview/backends/tf';
import { PlaygroundError } from '../../../webview/config/errors';
import { defaultSampling } from '../../../webview/config/presets';
import type { Snapshot } from '../../../webview/protocol/engineApi';
import { useBackend } from '../support/backends';
import { longRun, shortRun, TestedSession } from '../support/session';

beforeAll(() => useBackend('cpu'));

const steps = (snapshots: readonly Snapshot[]) =>
  snapshots.map(({ step, reason }) => [step, reason]);

const prompt = (text: string, maxTokens = 6) => ({
  id: 'prompt-1',
  prompt: text,
  sampling: { ...defaultSampling, maxTokens },
});

const never = () => new AbortController().signal;
const ignore = () => undefined;

describe('a run', () => {
  it('goes from idle through loading and training to idle, with its curve and its samples', async () => {
    const tested = new TestedSession();
    const facts = await tested.start(shortRun());
    const end = await tested.ended();
    expect(end).toMatchObject({ phase: 'idle', last: { step: 12, outcome: 'finished' } });
    expect(tested.phases).toEqual(['loading', 'training', 'idle']);
    expect(facts.backend.backend).toBe('wasm');
    expect(steps(tested.snapshots)).toEqual([[12, 'finish']]);
    const losses = tested.metrics.filter(({ loss }) => loss !== undefined);
    expect(losses.map(({ step }) => step)).toEqual([...Array(12).keys()]);
    const validated = tested.metrics.filter(({ validationLoss }) => validationLoss !== undefined);
    expect(validated.map(({ step }) => step)).toEqual([0, 5, 10, 12]);
    expect(tested.samples.map(({ step }) => step)).toEqual([0, 6, 12]);
    expect(tested.snapshots[0]?.metrics).toEqual(tested.metrics);
  });

  it('starts at ln V and says nothing about it', async () => {
    const tested = new TestedSession();
    const { vocabulary } = await tested.start(shortRun());
    await tested.ended();
    expect(tested.metrics.find(({ loss }) => loss !== undefined)?.loss).toBeCloseTo(
      Math.log(vocabulary),
      1,
    );
    expect(tested.notices).toEqual([]);
  });

  it('can be followed by another one, which leaves no tensor of the first behind', async () => {
    const tested = new TestedSession();
    const tensors: number[] = [];
    for (let run = 0; run < 3; run++) {
      await tested.start(shortRun());
      expect(await tested.ended()).toMatchObject({ last: { outcome: 'finished' } });
      tensors.push(tf.memory().numTensors);
    }
    // A mask stays with each backend that was opened.
    expect((tensors[2] ?? NaN) - (tensors[1] ?? NaN)).toBeLessThanOrEqual(1);
  });

  it('pauses with a snapshot, makes single steps, resumes, and stops where it is', async () => {
    const tested = new TestedSession();
    const { session } = tested;
    await tested.start(longRun);
    await tested.made(3);
    const paused = await session.pause();
    expect(paused.phase).toBe('paused');
    const at = paused.phase === 'paused' ? paused.step : NaN;
    expect(steps(tested.snapshots)).toEqual([[at, 'pause']]);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(session.state).toEqual(paused);
    expect(await session.step()).toMatchObject({ phase: 'paused', step: at + 1 });
    expect(await session.step()).toMatchObject({ phase: 'paused', step: at + 2 });
    expect((await session.resume()).phase).toBe('training');
    await tested.made(at + 5);
    const stopped = await session.stop();
    expect(stopped).toMatchObject({ phase: 'idle', last: { outcome: 'stopped' } });
    const last = tested.snapshots.at(-1);
    expect(last?.reason).toBe('stop');
    expect(stopped.phase === 'idle' && stopped.last?.step).toBe(last?.step);
  });

  it('makes as many single steps as were asked for, and shows each on the curve', async () => {
    const tested = new TestedSession();
    const { session } = tested;
    // Five steps to a point.
    const rare = { evaluateEvery: 5000, sampleEvery: 5000 };
    await tested.start(shortRun({}, { steps: 10_000, ...rare }), { paused: true });
    await Promise.all([session.step(), session.step(), session.step()]);
    await expect.poll(() => session.state).toMatchObject({ phase: 'paused', step: 3 });
    await session.step();
    expect(session.state).toMatchObject({ phase: 'paused', step: 4 });
    const losses = tested.metrics.filter(({ loss }) => loss !== undefined);
    expect(losses.map(({ step }) => step)).toEqual([0, 1, 2, 3]);
    const known = tested.snapshots.at(-1)?.metrics.filter(({ loss }) => loss !== undefined);
    expect(known?.map(({ step }) => step)).toEqual([3]);
    await session.stop();
  });

  it('does not count its pauses, however long, into its time', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const tested = new TestedSession();
    await tested.start(shortRun({}, { steps: 100 }), { paused: true });
    vi.advanceTimersByTime(8 * 3_600_000);
    await tested.session.step();
    await tested.session.step();
    await tested.session.stop();
    vi.useRealTimers();
    expect(tested.metrics.map(({ elapsed }) => elapsed)).toEqual([0, 0, 0]);
  });

  it('answers a pause that was taken back, and a single step that came after the last', async () => {
    const tested = new TestedSession();
    const { session } = tested;
    await tested.start(longRun);
    await tested.made(1);
    const paused = session.pause();
    await session.resume();
    expect((await paused).phase).toBe('training');
    await tested.start(shortRun({}, { steps: 3 }));
    await tested.made(3);
    await expect(session.step()).rejects.toMatchObject({ code: 'no-run' });
    expect(session.state).toMatchObject({ phase: 'idle', last: { outcome: 'finished' } });
  });

  it('that starts paused waits before its first step', async () => {
    const tested = new TestedSession();
    await tested.start(longRun, { paused: true });
    expect(tested.states.map(({ phase }) => phase)).not.toContain('training');
    expect(tested.metrics).toMatchObject([{ step: 0 }]);
    expect(steps(tested.snapshots)).toEqual([[0, 'pause']]);
    expect(tested.session.state).toMatchObject({ phase: 'paused', step: 0 });
    await tested.session.stop();
  });

  it('gives way to one started while it loads', async () => {
    const tested = new TestedSession();
    const first = tested.start(longRun).catch((error: unknown) => error);
    const second = await tested.start(shortRun(), { runId: 'run-2' });
    expect(await first).toMatchObject({ code: 'cancelled' });
    expect(second.runId).toBe('run-2');
    expect(await tested.ended()).toMatchObject({ last: { runId: 'run-2' } });
  });

  it('saves when its page is hidden', async () => {
    const tested = new TestedSession();
    await tested.start(longRun);
    await tested.made(2);
    tested.session.hidden();
    const before = tested.session.run?.step ?? NaN;
    await tested.made(before + 2);
    expect(tested.snapshots.map(({ reason }) => reason)).toEqual(['hide']);
    await tested.session.stop();
  });

  it('refuses commands that need a run, by name', async () => {
    const { session } = new TestedSession();
    const needed = {
      code: 'no-run',
      message: expect.stringMatching(/^Pause needs a run/) as string,
    };
    await expect(session.pause()).rejects.toMatchObject(needed);
    await expect(session.snapshot('request')).rejects.toThrow(/^Save Checkpoint/);
    await expect(session.generate(prompt('the'), never(), ignore)).rejects.toThrow(/^Generate/);
  });
});

describe('a run on tokens of GPT-2', () => {
  it('trains over those that the text uses, and says so', async () => {
    const tested = new TestedSession();
    const facts = await tested.start(shortRun({}, {}, { tokenizer: 'gpt2' }));
    expect(facts.vocabulary).toBeLessThan(20);
    expect(facts.notices).toContainEqual(
      expect.objectContaining({
        code: 'used-vocabulary',
        message: expect.stringContaining(`over ${facts.vocabulary} of 50,257 tokens`) as string,
      }),
    );
    await tested.ended();
    const result = await tested.session.generate(prompt(' cat sat'), never(), ignore);
    expect(result.tokens).toBe(6);
    await expect(
      tested.session.generate(prompt(' submarine'), never(), ignore),
    ).rejects.toMatchObject({ code: 'tokenizer' });
  });
});

describe('what goes wrong in a run', () => {
  it('a learning rate that explodes stops it by step, value and remedy; the last snapshot stays', async () => {
    const tested = new TestedSession();
    const config = shortRun({}, { steps: 500, learningRate: 1000, clipNorm: 0, warmupSteps: 100 });
    await tested.start(config, { paused: true });
    expect(tested.snapshots).toHaveLength(1);
    await tested.session.resume();
    const end = await tested.ended();
    expect(end).toMatchObject({
      phase: 'failed',
      failure: {
        code: 'training-diverged',
        message: expect.stringMatching(
          /diverged at step \d+: the (loss|gradient’s length) is/,
        ) as string,
        remedy: expect.stringMatching(/it was 1000.*100 steps.*clipping on/) as string,
      },
    });
    expect(tested.snapshots).toHaveLength(1);
    expect(tested.session.errors.at(-1)?.code).toBe('training-diverged');
    // Its weights are no numbers: neither a text nor a checkpoint can be made of them.
    const failed = { code: 'no-run', message: expect.stringContaining('has failed') as string };
    await expect(tested.session.generate(prompt('the'), never(), ignore)).rejects.toMatchObject(
      failed,
    );
    await expect(tested.session.snapshot('request')).rejects.toMatchObject(failed);
    expect(tested.snapshots).toHaveLength(1);
  });

  it('a disk that is full is told once; training goes on, and nothing measured is lost', async () => {
    const tested = new TestedSession();
    tested.diskFailure = new PlaygroundError({
      code: 'disk-full',
      message: 'The disk is full.',
      remedy: 'Free some space.',
    });
    await tested.start(longRun);
    for (let save = 0; save < 3; save++) {
      await tested.made((tested.session.run?.step ?? 0) + 2);
      await tested.session.pause();
      await tested.session.resume();
    }
    expect(tested.notices).toEqual([
      expect.objectContaining({
        code: 'snapshot-not-stored',
        message: expect.stringContaining('The disk is full. Free some space.') as string,
      }),
    ]);
    tested.diskFailure = undefined;
    await tested.session.stop();
    expect(tested.snapshots).toHaveLength(1);
    expect(tested.snapshots[0]?.metrics).toEqual(tested.metrics);
  });

  it('a run that ends unsaved says so, also where it has said before that saving fails', async () => {
    const tested = new TestedSession();
    tested.diskFailure = new PlaygroundError({ code: 'disk-full', message: 'Full.', remedy: '' });
    await tested.start(longRun);
    await tested.made(2);
    await tested.session.pause();
    await tested.session.resume();
    await tested.made((tested.session.run?.step ?? 0) + 2);
    await tested.session.stop();
    const last = tested.session.run?.step ?? -1;
    expect(tested.notices.map(({ message }) => message)).toEqual([
      expect.stringContaining('could not be saved'),
      expect.stringContaining(`The checkpoint of step ${last} could not be saved`),
    ]);
  });

  it('on a text says which it is, whatever the run is called', async () => {
    const tested = new TestedSession();
    const run = shortRun();
    const config = { ...run, name: 'Tiny GPT', data: { ...run.data, source: 'text' as const } };
    const bytes = new TextEncoder().encode('the cat sat on the mat. '.repeat(40)).buffer;
    const facts = await tested.start(config, { text: { name: 'verse.txt', bytes } });
    expect(facts).toMatchObject({ name: 'Tiny GPT', textName: 'verse.txt' });
    await tested.ended();
  });

  it('a text too short for the context is refused by its sizes', async () => {
    const tested = new TestedSession();
    const text = { name: 'short.txt', bytes: new TextEncoder().encode('short').buffer };
    await expect(tested.start(shortRun(), { text })).rejects.toMatchObject({
      code: 'text-too-short',
    });
    expect(tested.session.state).toMatchObject({
      phase: 'failed',
      failure: { code: 'text-too-short' },
    });
    await tested.start(shortRun());
    expect(await tested.ended()).toMatchObject({ last: { outcome: 'finished' } });
  });
});

describe('writing', () => {
  it('goes on while the model trains, streamed, with the weights of one moment', async () => {
    const tested = new TestedSession();
    await tested.start(longRun);
    await tested.made(2);
    const pieces: string[] = [];
    const result = await tested.session.generate(prompt('the cat', 40), never(), ({ text }) => {
      pieces.push(text);
    });
    expect(result).toMatchObject({ tokens: 40, ended: 'length' });
    expect(pieces.join('')).toBe(result.text);
    expect(tested.session.run?.step).toBeGreaterThan(result.step);
    expect(tested.session.state.phase).toBe('training');
    await tested.session.stop();
    const later = await tested.session.generate(prompt('the cat', 5), never(), ignore);
    expect(later.tokens).toBe(5);
  });

  it('names a character that the text does not have, and the run goes on', async () => {
    const tested = new TestedSession();
    await tested.start(longRun);
    await expect(tested.session.generate(prompt('Ω'), never(), ignore)).rejects.toMatchObject({
      code: 'tokenizer',
      message: expect.stringContaining('Ω') as string,
    });
    expect(tested.session.state.phase).toBe('training');
    await tested.session.stop();
  });

  it('can be cancelled, and holds no tensor afterwards', async () => {
    const tested = new TestedSession();
    await tested.start(longRun, { paused: true });
    await tested.reaches(({ phase }) => phase === 'paused');
    await tested.session.generate(prompt('the', 2), never(), ignore);
    const before = tf.memory().numTensors;
    const cancelling = new AbortController();
    const result = await tested.session.generate(prompt('the', 500), cancelling.signal, () => {
      cancelling.abort();
    });
    expect(result.ended).toBe('cancelled');
    expect(result.tokens).toBeLessThan(500);
    expect(tf.memory().numTensors).toBe(before);
    await tested.session.stop();
  });

  it('ends when another run takes the model’s place', async () => {
    const tested = new TestedSession();
    await tested.start(longRun);
    const writing = tested.session.generate(prompt('the', 5000), never(), ignore);
    await tested.start(shortRun());
    expect((await writing).ended).toBe('cancelled');
    expect(await tested.ended()).toMatchObject({ last: { outcome: 'finished' } });
  });

  it('has ended before the next run takes its backend and its memory', async () => {
    const tested = new TestedSession();
    await tested.start(longRun, { paused: true });
    const order: string[] = [];
    const writing = tested.session.generate(prompt('the', 5000), never(), ignore);
    void writing.then(({ ended }) => order.push(ended));
    const started = tested.start(shortRun(), { runId: 'run-2' });
    await tested.reaches((state) => state.phase === 'loading' && state.runId === 'run-2');
    order.push('loading');
    await started;
    expect(order).toEqual(['cancelled', 'loading']);
    await tested.ended();
  });
});
