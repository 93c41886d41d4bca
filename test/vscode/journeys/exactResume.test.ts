/**
 * @file A run that was interrupted by a reload of the window equals one that was not, bit for bit.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { journey } from '../driver/journey';
import { onWasm, Playground } from '../driver/playground';
import { poll } from '../driver/poll';
import { letOwnersGrowStale, storedRuns, type RunOnDisk } from '../driver/runs';

suite('Resuming', () => {
  journey(
    'gives the same bits as training without a break',
    async (vscode) => {
      const window = await vscode.openWindow();
      const playground = new Playground(window);
      // Finished when the page says so, and on disk a moment later.
      const finishedRun = async (otherThan?: RunOnDisk): Promise<RunOnDisk> => {
        const [finished] = await poll(
          async () => {
            const runs = await storedRuns(join(vscode.workspace, '.transformer', 'runs'));
            return runs.filter(
              ({ folder, names }) =>
                folder !== otherThan?.folder &&
                names.includes('step-000040.safetensors') &&
                !names.includes('owner.json'),
            );
          },
          (runs) => runs.length > 0,
          { what: 'a finished run on disk' },
        );
        assert.ok(finished);
        return finished;
      };
      await window.runCommand('Transformer: Open Playground');
      await playground.showConfiguration();
      await playground.set('training.steps', 40);
      // Slow steps: the pause has to come before the last of them.
      await playground.set('training.batchSize', 12);
      await playground.set('training.evaluateEvery', 20);
      await playground.set('training.sampleEvery', 20);
      await playground.press('Train');
      await playground.becomes('Finished at step 40');
      const whole = await finishedRun();

      await playground.press('Train');
      await playground.reach(3);
      await playground.press('Pause');
      await playground.becomes('Paused');
      let step = await playground.step();
      assert.ok(step < 40, `the pause came too late, at step ${step}`);
      while (step < 20) {
        await playground.press('Step');
        step = await playground.reach(step + 1);
      }
      await window.reload();
      await letOwnersGrowStale(join(vscode.workspace, '.transformer', 'runs'));
      await playground.says(/can be continued from step \d+ of 40/, 60);
      await playground.press('Resume');
      await playground.becomes('Finished at step 40', { timeoutSeconds: 60 });
      const broken = await finishedRun(whole);
      await window.screenshot('resumed-exactly');

      const points = await measured(whole);
      assert.equal(points.filter(({ loss }) => loss !== undefined).length, 40);
      assert.deepEqual(await measured(broken), points);
      assert.ok((await weights(broken)).equals(await weights(whole)), 'the weights differ');
    },
    {
      onlyInFull: true,
      settings: {
        'transformerPlayground.runs.location': 'workspace',
        ...onWasm,
      },
      timeoutSeconds: 300,
    },
  );
});

/** The points of a run's curves, less what a clock measured. */
async function measured(run: RunOnDisk): Promise<Record<string, unknown>[]> {
  const points = await run.points();
  const clock = { time: undefined, elapsed: undefined, tokensPerSecond: undefined };
  return points.map((point) => ({ ...point, ...clock }));
}

/**
 * All tensors of the last checkpoint. A safetensors file begins with its header's length and its
 * header.
 */
async function weights(run: RunOnDisk): Promise<Buffer> {
  const file = await run.bytes('step-000040.safetensors');
  return file.subarray(8 + Number(file.readBigUInt64LE(0)));
}
