/**
 * @file A run on disk: what is written, what survives a failed write or a cut file, what a resumed
 * run reads.
 */
import { describe, expect, it, vi } from 'vitest';
import { MemoryFiles } from '../../../extension/runs/runFiles';
import { StoredRun } from '../../../extension/runs/storedRun';
import { configForText, defaultPreset } from '../../../webview/config/presets';
import { writeCheckpoint } from '../../../webview/formats/checkpoint';
import { writeLines, type MetricPoint, type Sample } from '../../../webview/formats/metrics';
import type { Snapshot } from '../../../webview/protocol/engineApi';
import { factsOf } from '../support/facts';
import { gainedAt, partOf } from '../support/moments';

vi.mock('vscode', () => import('../support/vscode'));

/** A folder whose writes can be made to fail, or to take their time. */
class FaultyFiles extends MemoryFiles {
  fails: (name: string) => boolean = () => false;
  readonly written: string[] = [];

  /** What a write waits for before it is made. */
  waits: (name: string) => Promise<void> = () => Promise.resolve();

  override async write(name: string, bytes: Uint8Array): Promise<void> {
    await this.waits(name);
    if (this.fails(name)) throw new Error('ENOSPC: no space left on device');
    this.written.push(name);
    await super.write(name, bytes);
  }
}

const checkpointOf = (value: number): ArrayBuffer => {
  const data = Float32Array.of(value, value);
  return writeCheckpoint({
    step: value,
    configuration: defaultPreset.config,
    tokenizer: {},
    random: {},
    backend: {},
    progress: {},
    weights: new Map([['w', { shape: [2], data }]]),
    moments: new Map([['w', { m: data, v: data }]]),
  }).buffer;
};

const point = (step: number): MetricPoint => ({
  step,
  time: step * 10,
  loss: 1 / (step + 1),
  learningRate: 0.001,
  gradientNorm: 1,
  tokens: step * 64,
});

const sample = (step: number): Sample => ({ step, prompt: '', text: `at ${step}`, temperature: 1 });

function snapshot(step: number, validationLoss?: number): Snapshot {
  return {
    runId: 'run-1',
    step,
    reason: 'interval',
    checkpoint: checkpointOf(step),
    metrics: [point(step)],
    samples: [sample(step)],
    ...(validationLoss === undefined ? {} : { validationLoss }),
  };
}

const facts = factsOf('run-1');

async function newRun(): Promise<{ files: FaultyFiles; run: StoredRun }> {
  const files = new FaultyFiles();
  const run = await StoredRun.create(files, 'run-1', defaultPreset.config, undefined);
  return { files, run };
}

async function reopened(files: FaultyFiles): Promise<StoredRun> {
  const run = await StoredRun.open(files);
  if (run === undefined) throw new Error('the run is gone');
  return run;
}

const namesOf = async (files: FaultyFiles): Promise<string[]> =>
  (await files.list()).map(({ name }) => name).sort();

/** The files that a snapshot writes, in their order. */
const filesAt = (step: string): string[] => [
  `step-${step}.safetensors`,
  `metrics-${step}.jsonl`,
  `samples-${step}.jsonl`,
  'run.transformer.json',
];

describe('a snapshot', () => {
  it('is written so that the record names only what is there already', async () => {
    const { files, run } = await newRun();
    files.written.length = 0;
    await run.store(snapshot(20, 1.5));
    expect(files.written).toEqual(filesAt('000020'));
  });

  it('waits for the one before it, whose writes take longer', async () => {
    const { files, run } = await newRun();
    files.written.length = 0;
    const slowly = () => new Promise<void>((resolve) => setTimeout(resolve, 10));
    files.waits = (name) => (name.includes('000020') ? slowly() : Promise.resolve());
    await Promise.all([run.store(snapshot(20)), run.store(snapshot(40))]);
    expect(files.written).toEqual([...filesAt('000020'), ...filesAt('000040')]);
    expect(run.record.checkpoints).toEqual([{ step: 20 }, { step: 40 }]);
  });

  it('writes only what came since the one before it', async () => {
    const { files, run } = await newRun();
    await run.store(snapshot(20));
    await run.store(snapshot(40));
    expect(await files.read('metrics-000040.jsonl')).toEqual(writeLines([point(40)]));
    expect(await files.read('samples-000040.jsonl')).toEqual(writeLines([sample(40)]));
  });

  it('comes back whole after the window is closed', async () => {
    const { files, run } = await newRun();
    await run.recordFacts(facts);
    await run.store(snapshot(20, 1.5));
    await run.store(snapshot(40, 1.25));
    const again = await reopened(files);
    expect(again.summary).toEqual({
      runId: 'run-1',
      name: 'Tiny GPT',
      step: 40,
      steps: defaultPreset.config.training.steps,
      validationLoss: 1.25,
    });
    const checkpoint = await again.newestCheckpoint();
    expect(checkpoint?.step).toBe(40);
    expect(new Uint8Array(checkpoint?.bytes ?? new ArrayBuffer())).toEqual(
      new Uint8Array(checkpointOf(40)),
    );
    const history = await again.history();
    expect(history?.metrics).toEqual([point(20), point(40)]);
    expect(history?.samples).toEqual([sample(20), sample(40)]);
    expect(history?.facts).toEqual({ ...facts, step: 40 });
  });

  it('of a run on a text names the text, whatever the run is called', async () => {
    const files = new FaultyFiles();
    const text = { name: 'poems.txt', bytes: new ArrayBuffer(3) };
    const run = await StoredRun.create(files, 'run-1', defaultPreset.config, text);
    await run.recordFacts({ ...facts, textName: text.name });
    expect((await (await reopened(files)).history())?.facts).toMatchObject({
      name: 'Tiny GPT',
      textName: 'poems.txt',
    });
  });

  it('has what was seen in a file of its own, written before the record, and the marks come back', async () => {
    const { files, run } = await newRun();
    await run.recordFacts(facts);
    files.written.length = 0;
    await run.store({ ...snapshot(20), moments: partOf([10, 20], [gainedAt(20)]) });
    const [checkpoint = '', metrics = '', samples = '', record = ''] = filesAt('000020');
    const moments = 'moments-000020.safetensors';
    expect(files.written).toEqual([checkpoint, metrics, samples, moments, record]);
    const again = await reopened(files);
    expect((await again.history())?.gained).toEqual([gainedAt(20)]);
    expect(await again.moments.read()).toHaveLength(1);
  });

  it('taken twice at one step keeps the points of both', async () => {
    const { files, run } = await newRun();
    await run.recordFacts(facts);
    await run.store(snapshot(20));
    await run.store({ ...snapshot(20), metrics: [], samples: [] });
    const history = await (await reopened(files)).history();
    expect(history?.metrics).toEqual([point(20)]);
    expect((await reopened(files)).record.checkpoints).toEqual([{ step: 20 }]);
  });

  it('taken between a step’s evaluation and its training keeps both', async () => {
    const { files, run } = await newRun();
    await run.recordFacts(facts);
    const evaluation: MetricPoint = {
      step: 20,
      time: 200,
      validationLoss: 1.5,
      learningRate: 0.001,
      tokens: 1280,
    };
    await run.store({ ...snapshot(20), metrics: [point(19), evaluation] });
    await run.store({ ...snapshot(30), metrics: [point(20), point(29)] });
    const history = await (await reopened(files)).history();
    expect(history?.metrics).toEqual([point(19), evaluation, point(20), point(29)]);
  });

  it('asked for and late does not take the place of a newer one', async () => {
    const { run } = await newRun();
    await run.recordFacts(facts);
    await run.store(snapshot(40));
    await run.store(snapshot(20));
    expect(run.storedStep).toBe(40);
    expect(run.record.step).toBe(40);
  });

  it('leaves the best and the last three checkpoints on disk, and all curves', async () => {
    const { files, run } = await newRun();
    for (const [step, loss] of [
      [1, 3],
      [2, 1],
      [3, 2],
      [4, 2.1],
      [5, 2.2],
      [6, 2.3],
    ] as const) {
      await run.store(snapshot(step, loss));
    }
    const names = await namesOf(files);
    expect(names.filter((name) => name.startsWith('step-'))).toEqual(
      [2, 4, 5, 6].map((step) => `step-00000${step}.safetensors`),
    );
    expect(names.filter((name) => name.startsWith('metrics-'))).toHaveLength(6);
  });
});

describe('a full disk', () => {
  it('loses no point: the next snapshot writes what the last one could not', async () => {
    const { files, run } = await newRun();
    await run.recordFacts(facts);
    files.fails = (name) => name.startsWith('metrics-');
    await expect(run.store(snapshot(20))).rejects.toThrow('ENOSPC');
    files.fails = () => false;
    await run.store(snapshot(40));
    const history = await (await reopened(files)).history();
    expect(history?.metrics).toEqual([point(20), point(40)]);
    expect(history?.samples).toEqual([sample(20), sample(40)]);
  });

  it('has a step once that the next engine measured again, in one part with the first', async () => {
    const { files, run } = await newRun();
    await run.recordFacts(facts);
    files.fails = (name) => name.startsWith('metrics-');
    await expect(run.store(snapshot(20))).rejects.toThrow('ENOSPC');
    files.fails = () => false;
    const [pointAgain, sampleAgain] = [
      { ...point(20), time: 7 },
      { ...sample(20), text: 'again' },
    ];
    await run.store({
      ...snapshot(40),
      metrics: [pointAgain, point(40)],
      samples: [sampleAgain, sample(40)],
    });
    const history = await (await reopened(files)).history();
    expect(history?.metrics).toEqual([pointAgain, point(40)]);
    expect(history?.samples).toEqual([sampleAgain, sample(40)]);
  });

  it('keeps the newest checkpoint at hand for an engine that goes away', async () => {
    const { files, run } = await newRun();
    await run.store(snapshot(20));
    files.fails = () => true;
    await expect(run.store(snapshot(40))).rejects.toThrow('ENOSPC');
    expect(run.storedStep).toBe(40);
    expect((await run.newestCheckpoint())?.step).toBe(40);
    expect((await (await reopened(files)).newestCheckpoint())?.step).toBe(20);
  });
});

describe('resuming', () => {
  it('passes over a checkpoint that was cut off', async () => {
    const { files, run } = await newRun();
    await run.store(snapshot(20));
    await run.store(snapshot(40));
    await files.write('step-000040.safetensors', new Uint8Array(checkpointOf(40)).slice(0, -3));
    expect((await (await reopened(files)).newestCheckpoint())?.step).toBe(20);
  });

  it('passes over a checkpoint whose header is sound and whose content is not', async () => {
    const { files, run } = await newRun();
    await run.store(snapshot(20));
    await run.store(snapshot(40));
    // One weight by another name, so that its moments belong to none.
    const renamed = Buffer.from(checkpointOf(40)).toString('latin1').replace('"w"', '"v"');
    await files.write('step-000040.safetensors', Buffer.from(renamed, 'latin1'));
    expect((await (await reopened(files)).newestCheckpoint())?.step).toBe(20);
  });

  it('is not offered once its checkpoints were deleted', async () => {
    const { files, run } = await newRun();
    await run.store(snapshot(20));
    expect(await (await reopened(files)).holdsCheckpoint()).toBe(true);
    await files.remove('step-000020.safetensors');
    expect(await (await reopened(files)).holdsCheckpoint()).toBe(false);
  });

  it('from an earlier step forgets what will be measured again', async () => {
    const { files, run } = await newRun();
    await run.recordFacts(facts);
    await run.store({ ...snapshot(20), moments: partOf([20]) });
    await run.store({ ...snapshot(40), moments: partOf([40], [gainedAt(40)]) });
    const again = await reopened(files);
    expect((await again.history())?.gained).toEqual([gainedAt(40)]);
    await again.truncateAfter(20);
    expect((await again.history())?.gained).toEqual([]);
    expect(again.record).toMatchObject({ step: 20, checkpoints: [{ step: 20 }] });
    expect((await again.history())?.metrics).toEqual([point(20)]);
    expect((await namesOf(files)).some((name) => name.includes('000040'))).toBe(false);
    await again.store(snapshot(30));
    expect((await (await reopened(files)).history())?.metrics).toEqual([point(20), point(30)]);
  });

  it('has the user’s text exactly as it was, and names it when it is gone', async () => {
    const files = new FaultyFiles();
    const bytes = new TextEncoder().encode('once upon a time').buffer;
    await StoredRun.create(files, 'run-1', configForText('tale.txt'), { name: 'tale.txt', bytes });
    const text = await (await reopened(files)).readText();
    expect(text?.name).toBe('tale.txt');
    expect(new TextDecoder().decode(text?.bytes)).toBe('once upon a time');
    await files.remove('data.txt');
    await expect((await reopened(files)).readText()).rejects.toThrow(/text of the run “tale\.txt”/);
  });

  it('is not offered before there is a checkpoint', async () => {
    const { run } = await newRun();
    expect(run.canContinue).toBe(false);
    await run.store(snapshot(1));
    expect(run.canContinue).toBe(true);
  });
});

describe('a record that somebody edited', () => {
  it.each([
    ['no JSON', '{"name":'],
    ['an id that would leave the folder', 'id:../../etc'],
    ['a negative step', 'step:-1'],
  ])('is refused: %s', async (_what, change) => {
    const { files } = await newRun();
    const bytes = await files.read('run.transformer.json');
    const value = JSON.parse(new TextDecoder().decode(bytes)) as {
      record: Record<string, unknown>;
    };
    const [key = '', text = ''] = change.split(':');
    value.record[key] = key === 'step' ? Number(text) : text;
    const edited = change.startsWith('{') ? change : JSON.stringify(value);
    await files.write('run.transformer.json', new TextEncoder().encode(edited));
    await expect(StoredRun.open(files)).rejects.toMatchObject({ code: 'run-invalid' });
  });

  it('is an ordinary configuration to whoever wants to train it again', async () => {
    const { files } = await newRun();
    const text = new TextDecoder().decode(await files.read('run.transformer.json'));
    expect(JSON.parse(text)).toMatchObject(defaultPreset.config);
  });
});

describe('the size of a run', () => {
  it('counts what can be given up and knows the best checkpoint', async () => {
    const { run } = await newRun();
    await run.store(snapshot(1, 2));
    await run.store(snapshot(2, 1));
    await run.store(snapshot(3, 3));
    const usage = await run.usage(false);
    expect(usage.bestStep).toBe(2);
    expect(usage.checkpoints.every(({ bytes }) => bytes === checkpointOf(1).byteLength)).toBe(true);
  });

  it('shrinks by a checkpoint that is given up', async () => {
    const { files, run } = await newRun();
    await run.store(snapshot(1));
    await run.removeCheckpoint(1);
    expect((await reopened(files)).canContinue).toBe(false);
    expect(await namesOf(files)).not.toContain('step-000001.safetensors');
  });

  it('shrinks by its text and what was seen with the last checkpoint, without which nothing can be resumed', async () => {
    const files = new FaultyFiles();
    const text = { name: 'tale.txt', bytes: new ArrayBuffer(30) };
    const run = await StoredRun.create(files, 'run-1', defaultPreset.config, text);
    await run.recordFacts(facts);
    await run.store({ ...snapshot(1), moments: partOf([1]) });
    await run.store({ ...snapshot(2), moments: partOf([2], [gainedAt(2)]) });
    expect(await run.usage(false)).toMatchObject({
      textBytes: 30,
      momentBytes: partOf([1]).byteLength,
    });
    await run.removeCheckpoint(1);
    const early = ['data.txt', 'moments-000001.safetensors'];
    expect(await namesOf(files)).toEqual(expect.arrayContaining(early));
    await run.removeCheckpoint(2);
    expect((await namesOf(files)).filter((name) => early.includes(name))).toEqual([]);
    expect(await run.usage(false)).toMatchObject({ textBytes: 0, momentBytes: 0 });
    expect((await run.history())?.gained).toEqual([gainedAt(2)]);
  });
});
