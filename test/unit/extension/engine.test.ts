/**
 * @file Commands that follow one another faster than the engine answers: each is judged by what the
 * last came to.
 */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Engine } from '../../../extension/engine/engine';
import type { Playground } from '../../../extension/playground/playground';
import { Ownership } from '../../../extension/runs/ownership';
import { MemoryFiles } from '../../../extension/runs/runFiles';
import type { RunStore } from '../../../extension/runs/runStore';
import { StoredRun } from '../../../extension/runs/storedRun';
import { defaultPreset } from '../../../webview/config/presets';
import type { EngineState } from '../../../webview/protocol/engineApi';
import { factsOf } from '../support/facts';

vi.mock('vscode', () => import('../support/vscode'));

const run = { runId: 'r', step: 5, steps: 100 };
const training: EngineState = { phase: 'training', ...run };
const paused: EngineState = { phase: 'paused', ...run };
const stopped: EngineState = { phase: 'idle', last: { ...run, outcome: 'stopped' } };

let engine: Engine;

afterEach(() => {
  engine.dispose();
});

/**
 * An engine that trains a run. The worker's answer to `pause` waits for `finishStep`, and each one
 * to `stop` for its `answerStop`.
 */
async function trainingEngine() {
  let finishStep: () => void = () => undefined;
  let state = training;
  const asked: string[] = [];
  const answerStop: (() => void)[] = [];
  const request = (name: string): Promise<unknown> => {
    asked.push(name);
    switch (name) {
      case 'start':
        return Promise.resolve(factsOf('r'));
      case 'pause':
        return new Promise((resolve) => {
          finishStep = () => {
            if (state === training) state = paused;
            resolve(state);
          };
        });
      case 'stop':
        state = stopped;
        return new Promise((resolve) => {
          answerStop.push(() => {
            resolve(stopped);
          });
        });
      default:
        return Promise.resolve(training);
    }
  };
  const states: ((state: EngineState) => void)[] = [];
  const endpoint = {
    request,
    emit: () => undefined,
    on: (name: string, listener: (state: EngineState) => void) => {
      if (name === 'state') states.push(listener);
    },
  };
  const files = new MemoryFiles();
  const playground = { endpoint, open: () => Promise.resolve(endpoint) };
  const store = {
    create: () => StoredRun.create(files, 'r', defaultPreset.config, undefined),
    ownership: () => new Ownership(files, 'here'),
  };
  engine = new Engine(
    playground as unknown as Playground,
    store as unknown as RunStore,
    (error) => {
      throw error;
    },
  );
  engine.follow(endpoint as never);
  await engine.begin(defaultPreset.config, undefined);
  for (const listener of states) listener(training);
  return {
    asked,
    answerStop,
    finishStep: () => {
      finishStep();
    },
  };
}

describe('Resume directly after Pause', () => {
  it('goes on as soon as the pause has come', async () => {
    const { asked, finishStep } = await trainingEngine();
    const pausing = engine.control('pause');
    const resuming = engine.control('resume');
    finishStep();
    await Promise.all([pausing, resuming]);
    expect(asked).toEqual(['start', 'pause', 'resume']);
    expect(engine.state.phase).toBe('training');
  });

  it('says why it cannot when the run was stopped in the meantime', async () => {
    const { finishStep, answerStop } = await trainingEngine();
    const pausing = engine.control('pause');
    const resuming = engine.control('resume');
    const stopping = engine.control('stop');
    answerStop[0]?.();
    await stopping;
    finishStep();
    await pausing;
    await expect(resuming).rejects.toMatchObject({ code: 'cannot-resume' });
  });
});

describe('Stop, asked twice', () => {
  it('does not take the engine to be free of the run that was begun after the first', async () => {
    const { answerStop } = await trainingEngine();
    const stopping = [engine.control('stop'), engine.control('stop')];
    answerStop[0]?.();
    await stopping[0];
    const beginning = engine.begin({ ...defaultPreset.config, name: 'The next' }, undefined);
    answerStop[1]?.();
    await stopping[1];
    expect(engine.state.phase).toBe('loading');
    expect(engine.runName).toBe('The next');
    await beginning;
  });
});

describe('a command where the engine is not asked anything', () => {
  it('is refused at once', async () => {
    await trainingEngine();
    await expect(engine.control('resume')).rejects.toMatchObject({ code: 'cannot-resume' });
  });
});
