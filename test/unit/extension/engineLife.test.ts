/**
 * @file A run whose engine breaks, starts anew or speaks of another run: what the engine is told
 * then, and what the user is.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Checkpoint } from '../../../extension/runs/storedRun';
import { StoredRun } from '../../../extension/runs/storedRun';
import { PlaygroundError, type Failure } from '../../../webview/config/errors';
import { defaultPreset } from '../../../webview/config/presets';
import { ownerFile, type Owner } from '../../../webview/formats/runFolder';
import { factsOf } from '../support/facts';
import { HostedEngine, snapshotAt } from '../support/hostedEngine';
import { gainedAt, partOf } from '../support/moments';
import { wholeCheckpoint } from '../support/wholeCheckpoint';

vi.mock('vscode', () => import('../support/vscode'));

const failure: Failure = { code: 'training-diverged', message: 'It broke.', remedy: 'Try.' };
const lost: Failure = { ...failure, code: 'device-lost' };

/** A checkpoint that can be continued from. */
const whole = wholeCheckpoint(10);

let hosted: HostedEngine;

beforeEach(() => {
  hosted = new HostedEngine();
});

afterEach(() => {
  hosted.engine.dispose();
});

/** A run that was saved at step 10 and is in this phase since. */
async function runIn(phase: 'training' | 'paused'): Promise<void> {
  await hosted.begin();
  await hosted.engine.storeSnapshot({ ...snapshotAt(10), checkpoint: whole });
  hosted.reach(phase, 10);
}

describe.each([
  ['training', false],
  ['paused', true],
] as const)('a run that was %s', (phase, paused) => {
  it('goes on so when its page starts anew', async () => {
    await runIn(phase);
    await hosted.engine.pageStarted(hosted.endpoint as never)?.();
    expect(hosted.starts.at(-1)).toMatchObject({ paused, checkpoint: whole });
    expect(hosted.starts).toHaveLength(2);
  });

  it('gives the next engine what was seen of it up to then, and the page its marks', async () => {
    await hosted.begin();
    const moments = partOf([0, 10], [gainedAt(10)]);
    await hosted.engine.storeSnapshot({ ...snapshotAt(10), checkpoint: whole, moments });
    for (const step of [10, 15]) {
      hosted.see({ runId: 'r', step, gained: [gainedAt(step, 'uniform', step)] });
    }
    hosted.reach(phase, 20);
    await hosted.engine.pageStarted(hosted.endpoint as never)?.();
    expect(hosted.starts.map((start) => start.moments)).toEqual([undefined, [moments]]);
    // What was found after the last snapshot is found again.
    expect(hosted.engine.run?.history?.gained).toEqual([gainedAt(10, 'uniform', 10)]);
  });

  it('goes on without what was seen of it where that cannot be read', async () => {
    await runIn(phase);
    const { files } = hosted;
    await files.write('moments-000010.safetensors', new Uint8Array(9));
    const read = files.read.bind(files);
    files.read = (name) =>
      name.startsWith('moments-') ? Promise.reject(new Error('EIO')) : read(name);
    const logged: unknown[] = [];
    hosted.log = (error) => logged.push(error);
    await hosted.engine.pageStarted(hosted.endpoint as never)?.();
    expect(hosted.starts).toHaveLength(2);
    expect(hosted.starts.at(-1)).not.toHaveProperty('moments');
    expect(logged).toEqual([new Error('EIO')]);
  });

  it('goes on so when its graphics device is lost', async () => {
    await runIn(phase);
    hosted.report({ phase: 'failed', runId: 'r', failure: lost });
    await vi.waitFor(() => {
      expect(hosted.starts).toHaveLength(2);
    });
    expect(hosted.starts.at(-1)).toMatchObject({ paused, checkpoint: whole });
    expect(hosted.told).toEqual(['recovered']);
  });
});

describe('a lost graphics device, while the checkpoint is still being read', () => {
  /** The device is lost, and the checkpoint comes, or fails to, when it is told to. */
  async function lostWhileReading() {
    await runIn('training');
    const { engine, files } = hosted;
    const read = files.read.bind(files);
    let come = (): void => undefined;
    let fail: (error: Error) => void = () => undefined;
    const heard = new Promise<void>((resolve, reject) => {
      come = resolve;
      fail = reject;
    });
    files.read = async (name) => {
      if (name.startsWith('step-')) await heard;
      return read(name);
    };
    hosted.report({ phase: 'failed', runId: 'r', failure: lost });
    return {
      engine,
      run: engine.run,
      come: async () => {
        come();
        await new Promise((resolve) => setTimeout(resolve));
      },
      fail,
    };
  }

  it('leaves the engine busy with its run from the first moment on', async () => {
    const { engine, come } = await lostWhileReading();
    expect(engine.state.phase).toBe('loading');
    expect(engine.runName).toBe(defaultPreset.config.name);
    await come();
    expect(hosted.starts).toHaveLength(2);
  });

  it('does not bring the run back over another one', async () => {
    const { engine, run, come } = await lostWhileReading();
    await engine.begin({ ...defaultPreset.config, name: 'The next' }, undefined);
    await come();
    expect(engine.run).not.toBe(run);
    expect(hosted.starts).toHaveLength(2);
    expect(hosted.told).toEqual([]);
  });

  it.each(['whole', 'damaged'])(
    'leaves it at that if its page is closed, the checkpoint %s',
    async (is) => {
      const { engine, come } = await lostWhileReading();
      if (is === 'damaged') await hosted.files.write('step-000010.safetensors', new Uint8Array(8));
      await engine.pageClosed();
      await come();
      expect(hosted.told).toEqual(['closed']);
      expect(hosted.starts).toHaveLength(1);
      expect(engine.state.phase).toBe('idle');
    },
  );

  it('lets go of the run if the checkpoint cannot be read', async () => {
    const { engine, fail } = await lostWhileReading();
    fail(new Error('EIO'));
    await vi.waitFor(() => {
      expect(hosted.told).toEqual(['failed']);
    });
    expect(engine.run?.isLive).toBe(false);
    expect(engine.state.phase).toBe('idle');
  });
});

describe.each([
  ['training', false],
  ['paused', true],
] as const)('a graphics device lost before the first snapshot, while %s', (phase, paused) => {
  it('begins the run again, and everyone is told so', async () => {
    await hosted.begin();
    hosted.reach(phase, 30);
    const { engine, news, starts } = hosted;
    engine.run?.addMetrics([{ step: 30, time: 1, learningRate: 0, tokens: 1, loss: 1 }]);
    hosted.report({ phase: 'failed', runId: 'r', failure: lost });
    await vi.waitFor(() => {
      expect(starts).toHaveLength(2);
    });
    expect(starts[1]).toMatchObject({ runId: 'r', paused });
    expect(starts[1]?.checkpoint).toBeUndefined();
    expect(news).toMatchObject([{ kind: 'recovered', cause: 'device', lost: 30 }]);
    expect(engine.run).toMatchObject({ isLive: true, step: 0, metrics: [] });
  });
});

const recoveries: readonly (readonly [string, () => Promise<void>])[] = [
  ['its page starts anew', async () => hosted.engine.pageStarted(hosted.endpoint as never)?.()],
  [
    'its graphics device is lost',
    async () => {
      hosted.report({ phase: 'failed', runId: 'r', failure: lost });
      await new Promise((resolve) => setTimeout(resolve));
    },
  ],
];

describe.each(recoveries)('a run whose newest checkpoint is damaged when %s', (_, recover) => {
  beforeEach(async () => {
    await runIn('training');
    await hosted.engine.storeSnapshot(snapshotAt(20));
    hosted.reach('training', 25);
  });

  it('goes on from the one before, and everyone is told that step', async () => {
    const { engine, starts, news } = hosted;
    await recover();
    expect(starts.at(-1)?.checkpoint).toEqual(whole);
    expect(news).toMatchObject([{ kind: 'recovered', lost: 15 }]);
    expect(engine.run?.stored.storedStep).toBe(10);
    expect(engine.run?.step).toBe(10);
    expect(engine.run?.metrics.every(({ step }) => step <= 10)).toBe(true);
  });

  it('has the newer one no longer, on record or on disk', async () => {
    await recover();
    expect((await hosted.onDisk()).record).toMatchObject({ checkpoints: [{ step: 10 }] });
    const names = (await hosted.files.list()).map(({ name }) => name);
    expect(names.filter((name) => name.includes('000020'))).toEqual([]);
  });

  it('is let go, its files untouched, if another window has taken it meanwhile', async () => {
    const { engine, files, starts } = hosted;
    const another: Owner = { window: 'there', heartbeat: Date.now() };
    await files.write(ownerFile, new TextEncoder().encode(JSON.stringify(another)));
    await recover();
    expect(engine.state.phase).toBe('idle');
    expect(hosted.told).toEqual(['taken']);
    expect(starts).toHaveLength(1);
    expect(await files.read('step-000020.safetensors')).toBeDefined();
  });
});

describe('a page that starts anew where the folder of its run was deleted', () => {
  it('begins the run again, and everyone is told so', async () => {
    await runIn('training');
    hosted.reach('training', 25);
    await hosted.files.destroy();
    await hosted.engine.pageStarted(hosted.endpoint as never)?.();
    const { engine, news, starts } = hosted;
    expect(starts.at(-1)?.checkpoint).toBeUndefined();
    expect(news).toMatchObject([{ kind: 'recovered', lost: 25 }]);
    expect(engine.run?.step).toBe(0);
    expect(engine.run?.metrics).toEqual([]);
    expect((await hosted.onDisk()).record).toMatchObject({ step: 0, checkpoints: [] });
  });
});

describe('a run that goes on from a step that was measured before', () => {
  it('has that step once, in the order of the steps, however often it is measured', async () => {
    await hosted.begin();
    const { engine, endpoint } = hosted;
    const point = { step: 0, time: 0, learningRate: 0, tokens: 0 };
    const sample = { step: 0, prompt: '', temperature: 1 };
    const measure = (life: number): void => {
      engine.run?.addMetrics([{ ...point, validationLoss: life }]);
      engine.run?.addSample({ ...sample, text: `life ${life}` });
      engine.run?.addMetrics([{ ...point, loss: life }]);
    };
    for (const life of [1, 2, 3]) {
      measure(life);
      if (life < 3) await engine.pageStarted(endpoint as never)?.();
    }
    expect(engine.run?.history).toMatchObject({
      metrics: [{ validationLoss: 3 }, { loss: 3 }],
      samples: [{ text: 'life 3' }],
    });
    engine.run?.addMetrics([1, 3, 2].map((step) => ({ ...point, step, loss: 1 })));
    expect(engine.run?.metrics.map(({ step }) => step)).toEqual([0, 0, 1, 2, 3]);
  });
});

describe('a page that starts anew and is closed before the run goes on', () => {
  it('leaves the engine free', async () => {
    await runIn('training');
    const goOn = hosted.engine.pageStarted(hosted.endpoint as never);
    await hosted.engine.pageClosed();
    await goOn?.();
    expect(hosted.engine.state.phase).toBe('idle');
    expect(hosted.told).toEqual(['closed']);
  });

  it('does not stand in the way of the next run', async () => {
    await runIn('training');
    const { engine, endpoint, answers } = hosted;
    const goOn = engine.pageStarted(endpoint as never);
    await engine.pageClosed();
    answers.start = () => new Promise(() => undefined);
    void engine.begin({ ...defaultPreset.config, name: 'The next' }, undefined);
    await goOn?.();
    expect(engine.state.phase).toBe('loading');
    expect(engine.runName).toBe('The next');
  });
});

describe('a page that is closed while it starts a run', () => {
  it('says nothing of that run any more: the next one is loaded undisturbed', async () => {
    const { engine, answers, asked } = hosted;
    let refuse: (error: PlaygroundError) => void = () => undefined;
    answers.start = () => new Promise((_, reject) => (refuse = reject));
    const closed = engine.begin(defaultPreset.config, undefined);
    await vi.waitFor(() => {
      expect(asked).toEqual(['start']);
    });
    await engine.pageClosed();
    answers.start = () => new Promise(() => undefined);
    void engine.begin(defaultPreset.config, undefined);
    await vi.waitFor(() => {
      expect(asked).toEqual(['start', 'start']);
    });
    refuse(new PlaygroundError({ ...failure, code: 'cancelled' }));
    await closed;
    expect(asked).toEqual(['start', 'start']);
    expect(engine.state.phase).toBe('loading');
  });
});

describe('a run continued from an earlier checkpoint', () => {
  it('has no files, and no points, of what it will measure again', async () => {
    const { files, engine } = hosted;
    const stored = await StoredRun.create(files, 'r', defaultPreset.config, undefined);
    await stored.recordFacts(factsOf('r'));
    for (const step of [10, 20]) await stored.store(snapshotAt(step));
    const checkpoint: Checkpoint = { step: 10, bytes: whole };
    await engine.continue({ stored, text: undefined, checkpoint, paused: true });
    expect((await files.list()).map(({ name }) => name).sort()).toEqual([
      'metrics-000010.jsonl',
      'moments-000010.safetensors',
      'owner.json',
      'run.transformer.json',
      'step-000010.safetensors',
    ]);
    expect(engine.run?.step).toBe(10);
    expect(engine.run?.metrics.map(({ step }) => step)).toEqual([10]);
    expect(hosted.starts.at(-1)?.moments).toEqual([partOf([10])]);
  });

  it('is free again where its later files cannot be removed', async () => {
    const { files, engine } = hosted;
    const stored = await StoredRun.create(files, 'r', defaultPreset.config, undefined);
    for (const step of [10, 20]) await stored.store(snapshotAt(step));
    vi.spyOn(files, 'remove').mockRejectedValueOnce(new Error('EBUSY'));
    const checkpoint: Checkpoint = { step: 10, bytes: whole };
    await expect(
      engine.continue({ stored, text: undefined, checkpoint, paused: true }),
    ).rejects.toThrow('EBUSY');
    expect(engine.state.phase).toBe('idle');
    expect(await files.read('owner.json')).toBeUndefined();
  });
});

describe('what the engine says of another run', () => {
  it('is not taken for news of this one', async () => {
    await runIn('training');
    hosted.reach('paused', 700, 'another');
    await vi.waitFor(async () => {
      expect((await hosted.onDisk()).record.state).toBe('training');
    });
    expect(hosted.engine.run?.step).toBe(10);
  });
});

describe('a run that fails while it is loaded', () => {
  it('is told to have failed once, and is free again', async () => {
    hosted.answers.start = () => {
      hosted.report({ phase: 'failed', runId: 'r', failure });
      throw new PlaygroundError(failure);
    };
    await hosted.engine.begin(defaultPreset.config, undefined);
    // Whatever else is to be told comes before the next turn.
    await new Promise((resolve) => setTimeout(resolve));
    expect(hosted.told).toEqual(['failed']);
    expect(hosted.engine.run?.isLive).toBe(false);
    expect((await hosted.onDisk()).record.state).toBe('failed');
  });

  it('before the engine has heard of it is told by whoever asked for it', async () => {
    hosted.answers.start = () => {
      throw new PlaygroundError(failure);
    };
    await expect(hosted.engine.begin(defaultPreset.config, undefined)).rejects.toThrow('It broke.');
    expect(hosted.told).toEqual([]);
    expect(hosted.engine.state.phase).toBe('idle');
  });
});
