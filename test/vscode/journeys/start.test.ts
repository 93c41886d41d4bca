/** @file What `npm start` opens: a model in training, and later the run as it was left. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { buildAutorun } from '../../tools/start/buildAutorun';
import { journey } from '../driver/journey';
import { onWasm, Playground } from '../driver/playground';
import { letOwnersGrowStale } from '../driver/runs';

const autorun = await buildAutorun();

suite('The window of npm start', () => {
  journey(
    'trains at once, and shows the run as it was left to who comes back',
    async (vscode) => {
      const first = await vscode.openWindow();
      const training = new Playground(first);
      await training.reach(10);
      await first.page.locator('.tab[data-resource-name="README.md"]').waitFor();
      await first.runCommand('Transformer: Pause Training');
      await training.becomes('Paused');
      const paused = await training.step();
      await first.close();

      const second = await vscode.openWindow();
      // The host before it cannot say that it is gone: the run is shown meanwhile.
      const playground = new Playground(second);
      await playground.says(
        new RegExp(`saved at step ${paused} of [^]*Resume stands here as soon as`),
        60,
      );
      assert.match(await playground.lossCurve(), /Training\s+\d/);
      await second.screenshot('come-back-at-once');
      await letOwnersGrowStale(join(vscode.workspace, '.transformer', 'runs'));
      await playground.says(new RegExp(`can be continued from step ${paused} of`), 90);
      await second.screenshot('come-back');
      await playground.press('Resume');
      const resumedAt = await playground.reach(1);
      assert.ok(resumedAt >= paused, `It went on at step ${resumedAt}, not at ${paused}.`);
      await playground.reach(paused + 10);
    },
    {
      installed: [autorun],
      settings: { ...onWasm, 'transformerPlayground.runs.location': 'workspace' },
      timeoutSeconds: 300,
    },
  );
});
