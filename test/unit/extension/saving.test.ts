/** @file What becomes of a run whose folder cannot be written: by the engine's snapshots, Save Checkpoint and Stop. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Engine } from '../../../extension/engine/engine';
import type { Playground } from '../../../extension/playground/playground';
import { Ownership } from '../../../extension/runs/ownership';
import { MemoryFiles } from '../../../extension/runs/runFiles';
import type { RunStore } from '../../../extension/runs/runStore';
import { StoredRun } from '../../../extension/runs/storedRun';
import { defaultPreset } from '../../../webview/config/presets';
import type { EngineState, Snapshot } from '../../../webview/protocol/engineApi';
import { factsOf } from '../support/facts';

vi.mock('vscode', () => import('../support/vscode'));

/** A folder on disk that can come to be in somebody's way. */
class DiskFiles extends MemoryFiles {
  override readonly lasting = true;
  blocked = false;

  override write(name: string, bytes: Uint8Array): Promise<void> {
    const error = new Error("Error: ENOTDIR: not a directory, stat '/home/ann/runs'");
    return this.blocked ? Promise.reject(error) : super.write(name, bytes);
  }
}

const snapshot = (step: number, reason: Snapshot['reason'] = 'interval'): Snapshot => ({
  runId: 'r',
  step,
  reason,
  checkpoint: new ArrayBuffer(8),
  metrics: [{ step, time: step, learningRate: 0, gradientNorm: 0, tokens: step }],
  samples: [],
});

let engine: Engine;

afterEach(() => {
  engine.dispose();
});

async function training() {
  const files = new DiskFiles();
  let enter: (state: EngineState) => void = () => undefined;
  const endpoint = {
    request: (name: string) =>
      Promise.resolve(name === 'snapshot' ? snapshot(7, 'request') : factsOf('r')),
    emit: () => undefined,
    on: (name: string, listener: (state: EngineState) => void) => {
      if (name === 'state') enter = listener;
    },
  };
  const playground = { endpoint, open: () => Promise.resolve(endpoint) };
  const store = {
    create: () => StoredRun.create(files, 'r', defaultPreset.config, undefined),
    ownership: () => new Ownership(files, 'here'),
    pruneSometimes: () => Promise.resolve(),
  };
  engine = new Engine(
    playground as unknown as Playground,
    store as unknown as RunStore,
    () => undefined,
  );
  engine.follow(endpoint as never);
  await engine.begin(defaultPreset.config, undefined);
  enter({ phase: 'training', runId: 'r', step: 5, steps: 100 });
  return { files };
}

describe('Save Checkpoint', () => {
  it('says that the checkpoint could not be saved, and why, without a path', async () => {
    const { files } = await training();
    files.blocked = true;
    await expect(engine.saveCheckpoint()).rejects.toThrow(
      /^The checkpoint of step 7 could not be saved: a file lies[^/]*$/,
    );
  });
});
