/**
 * @file A run whose engine breaks, starts anew or speaks of another run: what the engine is told
 * then, and what the user is.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Checkpoint } from '../../../extension/runs/storedRun';
import { StoredRun } from '../../../extension/runs/storedRun';
import { PlaygroundError, type Failure } from '../../../webview/config/errors';
import { defaultPreset } from '../../../webview/config/presets';
import { factsOf } from '../support/facts';
import { HostedEngine, snapshotAt } from '../support/hostedEngine';
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
      'owner.json',
      'run.transformer.json',
      'step-000010.safetensors',
    ]);
    expect(engine.run?.step).toBe(10);
    expect(engine.run?.metrics.map(({ step }) => step)).toEqual([10]);
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
