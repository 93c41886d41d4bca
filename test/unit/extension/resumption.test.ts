/** @file Runs that cannot be resumed say why, and never that there are none. */
import { describe, expect, it, vi } from 'vitest';
import {
  allDamaged,
  damagedSteps,
  isDamaged,
  readToResume,
  type DamagedRun,
} from '../../../extension/runs/resumption';
import { MemoryFiles } from '../../../extension/runs/runFiles';
import { StoredRun } from '../../../extension/runs/storedRun';
import { configForText, defaultPreset } from '../../../webview/config/presets';
import type { Snapshot } from '../../../webview/protocol/engineApi';
import { wholeCheckpoint } from '../support/wholeCheckpoint';

vi.mock('vscode', () => import('../support/vscode'));

const snapshot = (step: number): Snapshot => ({
  runId: 'r',
  step,
  reason: 'interval',
  checkpoint: wholeCheckpoint(step),
  metrics: [],
  samples: [],
});

async function runWith(...steps: number[]): Promise<{ files: MemoryFiles; run: StoredRun }> {
  const files = new MemoryFiles();
  const run = await StoredRun.create(files, 'r', defaultPreset.config, undefined);
  for (const step of steps) await run.store(snapshot(step));
  return { files, run };
}

const damaged = (id: string, name: string): DamagedRun => ({
  id,
  name,
  failure: { code: 'x', message: `${name} was cut off.`, remedy: '' },
});

/** Files that other windows see. */
class SharedFiles extends MemoryFiles {
  override readonly lasting = true;
}

describe('resuming a run', () => {
  it('goes on from what another window has written of it since it was found', async () => {
    const files = new SharedFiles();
    const run = await StoredRun.create(files, 'r', defaultPreset.config, undefined);
    await run.store(snapshot(10));
    const there = await run.reread();
    await there.store(snapshot(90));
    const found = await readToResume(run);
    if (isDamaged(found)) throw new Error(found.failure.message);
    expect(found.checkpoint.step).toBe(90);
    expect(found.stored.record.step).toBe(90);
  });

  it('takes the newest checkpoint that is whole, and knows which are not', async () => {
    const { files, run } = await runWith(10, 20, 30);
    await files.write('step-000030.safetensors', new Uint8Array(100));
    const found = await readToResume(run);
    if (isDamaged(found)) throw new Error(found.failure.message);
    expect(found.checkpoint.step).toBe(20);
    expect(damagedSteps(found)).toEqual([30]);
  });

  it('that has lost all its checkpoints says so by its name', async () => {
    const { files, run } = await runWith(10);
    await files.remove('step-000010.safetensors');
    const found = await readToResume(run);
    expect(found).toMatchObject({ name: 'Tiny GPT', failure: { code: 'checkpoints-damaged' } });
  });

  it('whose text is gone is passed over like any other that is damaged', async () => {
    const files = new MemoryFiles();
    const text = { name: 'tale.txt', bytes: new ArrayBuffer(8) };
    const run = await StoredRun.create(files, 'r', configForText('tale.txt'), text);
    await run.store(snapshot(10));
    await files.remove('data.txt');
    expect(await readToResume(run)).toMatchObject({ failure: { code: 'run-text-missing' } });
  });

  it('where all are damaged tells how many, and what is wrong with the newest', () => {
    const one = allDamaged([damaged('2', 'Tiny GPT')]);
    expect(one.message).toBe(
      'The run “Tiny GPT” is damaged and cannot be resumed. Tiny GPT was cut off.',
    );
    const two = allDamaged([damaged('2', 'Tiny GPT'), damaged('1', 'Other')]);
    expect(two.message).toMatch(/^2 runs are damaged, .* The newest is “Tiny GPT”\./);
  });
});
