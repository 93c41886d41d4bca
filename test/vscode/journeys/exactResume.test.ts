/**
 * @file A run that was interrupted by a reload of the window equals one that was not, bit for bit,
 * and what was seen of it before is there.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { AttentionView } from '../driver/attention';
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
      await poll(
        async () =>
          (await storedRuns(join(vscode.workspace, '.transformer', 'runs')))[0]?.names ?? [],
        (names) => names.some((name) => /^moments-0000[23]\d/.test(name)),
        { what: 'the moment of step 20 on disk' },
      );
      await window.reload();
      await letOwnersGrowStale(join(vscode.workspace, '.transformer', 'runs'));
      await playground.says(/can be continued from step \d+ of 40/, 60);
      await playground.says(/Step 20: layer 1, head \d became a uniform head/);
      await window.screenshot('marks-of-before-the-reload');
      await playground.press('Resume');
      await playground.becomes('Finished at step 40', { timeoutSeconds: 60 });
      const broken = await finishedRun(whole);
      await window.screenshot('resumed-exactly');

      const points = await measured(whole);
      assert.equal(points.filter(({ loss }) => loss !== undefined).length, 40);
      assert.deepEqual(await measured(broken), points);
      assert.ok((await weights(broken)).equals(await weights(whole)), 'the weights differ');

      await window.runCommand('Transformer: Show Attention');
      const attention = new AttentionView(window);
      await attention.says(/Attention weight is not importance/);
      const frame = await attention.frame();
      await frame.getByRole('slider', { name: 'Moment of the run' }).focus();
      for (const [key, title] of [
        ['Home', 'Step 0'],
        ['ArrowRight', 'Step 20'],
        ['ArrowRight', 'Step 40'],
        ['ArrowLeft', 'Step 20'],
      ] as const) {
        await window.page.keyboard.press(key);
        await poll(
          () => frame.locator('.moment h3').innerText({ timeout: 2000 }),
          (shown) => shown === title,
          { what: `the moment of ${title}` },
        );
      }
      await frame.locator('#time').scrollIntoViewIfNeeded();
      await window.screenshot('moments-of-before-the-reload');
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
