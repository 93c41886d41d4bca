/**
 * @file What becomes of a run whose graphics device fails beneath it: by a stand-in for the device.
 */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Device, DeviceTrouble } from '../../../webview/backends/device';
import { defaultSampling } from '../../../webview/config/presets';
import type * as Backend from '../../../webview/worker/backend';
import { useBackend } from '../support/backends';
import { shortRun, TestedSession } from '../support/session';

interface Opened {
  /** Tells the session of a trouble. */
  tell: (trouble: DeviceTrouble) => void;
  closed: number;
  /** What each run was told of an earlier loss. */
  lost: (string | undefined)[];
  /** What a run is told it was opened on where it wants WebGPU and may have it. */
  webgpu: 'webgpu' | 'wasm';
}

const opened = vi.hoisted((): Opened => ({
  tell: () => undefined,
  closed: 0,
  lost: [],
  webgpu: 'wasm',
}));

vi.mock('../../../webview/worker/backend', async (original) => {
  const { openBackend } = await original<typeof Backend>();
  return {
    openBackend: async (needs: Backend.BackendNeeds) => {
      opened.lost.push(needs.lost);
      const device: Pick<Device, 'onTrouble' | 'close'> = {
        onTrouble: (listener) => {
          opened.tell = listener;
          return () => undefined;
        },
        close: () => {
          opened.closed += 1;
        },
      };
      const { report } = await openBackend({ ...needs, choice: 'wasm' });
      const wanted = needs.choice === 'webgpu' && needs.lost === undefined;
      return { report: { ...report, backend: wanted ? opened.webgpu : 'wasm' }, device };
    },
  };
});

beforeAll(() => useBackend('cpu'));
beforeEach(() => {
  opened.closed = 0;
  opened.lost = [];
  opened.webgpu = 'wasm';
});

const config = shortRun({}, { steps: 400, evaluateEvery: 1000, sampleEvery: 1000 });

describe('a device that refuses memory', () => {
  it.each(['invalid-command', 'lost'] as const)(
    'is told as that, not as what follows from it: %s',
    async (kind) => {
      const tested = new TestedSession();
      await tested.start(config);
      await tested.made(2);
      opened.tell({ kind: 'out-of-memory', message: 'no room' });
      opened.tell({ kind, message: 'what came of it' });
      expect(tested.session.state).toMatchObject({
        phase: 'failed',
        failure: { code: 'gpu-out-of-memory' },
      });
      expect(tested.states.filter(({ phase }) => phase === 'failed')).toHaveLength(1);
    },
  );
});

describe.each([
  ['lost', 'device-lost', /goes on from its last checkpoint/, 'the driver was reset'],
  ['out-of-memory', 'gpu-out-of-memory', /smaller batch/, undefined],
  ['invalid-command', 'gpu-invalid-command', /WASM backend/, undefined],
] as const)('a device that tells “%s”', (kind, code, remedy, lost) => {
  const trouble = { kind, message: 'the driver was reset' };
  const failure = {
    code,
    message: expect.stringContaining('the driver was reset') as string,
    remedy: expect.stringMatching(remedy) as string,
  };

  it('ends the run failed, by name and remedy, and it goes on from its snapshot', async () => {
    const tested = new TestedSession();
    const { backend } = await tested.start(config);
    await tested.made(3);
    await tested.session.pause();
    const [saved] = tested.snapshots;
    await tested.session.resume();
    await tested.made((saved?.step ?? NaN) + 2);
    opened.tell(trouble);
    expect(tested.session.state).toMatchObject({ phase: 'failed', runId: 'run-1', failure });
    expect(tested.session.errors).toMatchObject([failure]);
    await expect(tested.session.pause()).rejects.toMatchObject({ code: 'no-run' });

    await tested.start(config, {
      ...(saved && { checkpoint: saved.checkpoint }),
      recordedBackend: backend,
    });
    expect(opened.closed).toBe(1);
    // Only a lost device is not tried again.
    expect(opened.lost).toEqual([undefined, lost]);
    expect(await tested.ended()).toMatchObject({ last: { outcome: 'finished', step: 400 } });
  });

  it('in the middle of a step is not forgotten when the step ends, and saves nothing more', async () => {
    const tested = new TestedSession();
    await tested.start(config);
    await tested.made(3);
    const { run } = tested.session;
    if (!run) throw new Error('Nothing was loaded.');
    const advance = run.advance.bind(run);
    const middle = new Promise<void>((resolve) => {
      run.advance = async () => {
        await advance();
        tested.session.hidden();
        opened.tell(trouble);
        resolve();
      };
    });
    await middle;
    await settled();
    expect(tested.session.state).toMatchObject({ phase: 'failed', failure });
    expect(tested.snapshots).toEqual([]);
    const sampling = { ...defaultSampling, maxTokens: 2 };
    const params = { id: 'prompt-1', prompt: 'the', sampling };
    const { signal } = new AbortController();
    await expect(tested.session.generate(params, signal, () => undefined)).rejects.toThrow();
  });

  it('while a checkpoint is read for the user gives none out', async () => {
    const tested = new TestedSession();
    await tested.start(config, { paused: true });
    const { run } = tested.session;
    if (!run) throw new Error('Nothing was loaded.');
    const snapshot = run.snapshot.bind(run);
    run.snapshot = async (reason) => {
      opened.tell(trouble);
      return snapshot(reason);
    };
    await expect(tested.session.snapshot('request')).rejects.toMatchObject({ code: 'no-run' });
  });

  it('while a pause is read stores nothing that may be spoilt', async () => {
    const tested = new TestedSession();
    await tested.start(config);
    await tested.made(3);
    const { run } = tested.session;
    if (!run) throw new Error('Nothing was loaded.');
    const snapshot = run.snapshot.bind(run);
    run.snapshot = async (reason) => {
      const read = await snapshot(reason);
      opened.tell(trouble);
      return read;
    };
    await tested.session.pause();
    await settled();
    expect(tested.snapshots).toEqual([]);
  });

  it('while a pause is saved does not end paused', async () => {
    const tested = new TestedSession();
    await tested.start(config);
    await tested.made(3);
    tested.onSnapshot = () => {
      opened.tell(trouble);
    };
    await tested.session.pause();
    await settled();
    expect(tested.session.state).toMatchObject({ phase: 'failed', failure });
  });

  it('while the end is saved does not end well', async () => {
    const tested = new TestedSession();
    tested.onSnapshot = () => {
      opened.tell(trouble);
    };
    await tested.start(shortRun());
    await tested.ended();
    await settled();
    expect(tested.session.state).toMatchObject({ phase: 'failed', failure });
  });
});

describe.each([
  ['lost', 'device-lost'],
  ['out-of-memory', 'gpu-out-of-memory'],
  ['invalid-command', 'gpu-invalid-command'],
] as const)('a device that tells “%s” after the run has ended', (kind, code) => {
  it('takes the model, not what the run came to, and says how to load it again', async () => {
    const tested = new TestedSession();
    const ended = shortRun();
    const { steps } = ended.training;
    const { backend } = await tested.start(ended);
    await tested.ended();
    opened.tell({ kind, message: 'the driver was reset' });
    const last = { runId: 'run-1', step: steps, steps, outcome: 'finished', unloaded: true };
    expect(tested.session.state).toEqual({ phase: 'idle', last });
    expect(tested.phases).not.toContain('failed');
    expect(tested.notices.at(-1)).toMatchObject({ code, severity: 'warning' });
    expect(tested.notices.at(-1)?.message).toMatch(
      /the driver was reset\. The run had ended before, and its results stand\..* load it again/,
    );
    expect(tested.session.errors).toMatchObject([{ code }]);

    const params = { id: 'p', prompt: 'the', sampling: { ...defaultSampling, maxTokens: 2 } };
    const generate = () =>
      tested.session.generate(params, new AbortController().signal, () => undefined);
    await expect(generate()).rejects.toMatchObject({
      message: 'Generate needs a model, and that of this run went with the graphics device.',
    });

    const checkpoint = tested.snapshots.at(-1)?.checkpoint;
    await tested.start(ended, { ...(checkpoint && { checkpoint }), recordedBackend: backend });
    expect(await tested.ended()).toEqual({
      phase: 'idle',
      last: { runId: 'run-1', step: steps, steps, outcome: 'finished' },
    });
    expect(opened.closed).toBe(1);
    expect(await generate()).toMatchObject({ tokens: 2 });
  });

  it('ends what was being written', async () => {
    const tested = new TestedSession();
    await tested.start(shortRun());
    await tested.ended();
    const params = { id: 'p', prompt: 'the', sampling: { ...defaultSampling, maxTokens: 5000 } };
    const writing = tested.session.generate(params, new AbortController().signal, () => {
      opened.tell({ kind, message: 'the driver was reset' });
    });
    expect(await writing).toMatchObject({ ended: 'cancelled' });
  });
});

describe('WebGPU after its device was lost', () => {
  const brief = shortRun({}, { steps: 3 });
  const why = 'the driver was reset';

  async function afterLoss(): Promise<TestedSession> {
    const tested = new TestedSession();
    await tested.start(config, { backend: 'webgpu' });
    await tested.made(3);
    opened.tell({ kind: 'lost', message: why });
    opened.lost = [];
    return tested;
  }

  it('is tried again for a run that it was chosen for, and not by the run that goes on', async () => {
    const tested = await afterLoss();
    await tested.start(brief, { backend: 'webgpu' });
    await tested.ended();
    await tested.start(brief, { backend: 'auto', runId: 'run-2' });
    await tested.ended();
    await tested.start(brief, { backend: 'webgpu', runId: 'run-3' });
    await tested.ended();
    expect(opened.lost).toEqual([why, why, undefined]);
  });

  it('may be resumed on, once the run that went on has ended', async () => {
    const tested = await afterLoss();
    await tested.start(brief, { backend: 'webgpu' });
    await tested.ended();
    await tested.start(brief, { backend: 'webgpu' });
    expect(opened.lost).toEqual([why, undefined]);
  });

  it.each([
    ['counts as there for every run once a device opened', 'webgpu', undefined],
    ['stays out for “auto” where none did', 'wasm', why],
  ] as const)('%s', async (_what, webgpu, lost) => {
    const tested = await afterLoss();
    opened.webgpu = webgpu;
    await tested.start(brief, { backend: 'webgpu', runId: 'run-2' });
    await tested.ended();
    await tested.start(brief, { backend: 'auto', runId: 'run-3' });
    await tested.ended();
    expect(opened.lost).toEqual([undefined, lost]);
  });
});

describe('a computer that slept for a night', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('saves as soon as it wakes; a device that did not survive ends the run, which goes on from there', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const tested = new TestedSession();
    const { backend } = await tested.start(config);
    await tested.made(3);
    vi.advanceTimersByTime(8 * 3_600_000);
    const woken = (tested.session.run?.step ?? NaN) + 2;
    await tested.made(woken);
    expect(tested.snapshots).toMatchObject([{ reason: 'interval' }]);
    opened.tell({ kind: 'lost', message: 'the computer slept' });
    expect(tested.session.state).toMatchObject({ failure: { code: 'device-lost' } });
    const [saved] = tested.snapshots;
    await tested.start(config, {
      ...(saved && { checkpoint: saved.checkpoint }),
      recordedBackend: backend,
    });
    expect(tested.facts.at(-1)?.step).toBe(saved?.step);
    expect(await tested.ended()).toMatchObject({ last: { outcome: 'finished' } });
  });
});

/** Whatever was under way has come to its end. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 30));
}
