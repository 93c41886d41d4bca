/**
 * @file Two windows on one workspace: the second one may watch the first one's run, not train it,
 * also when it has a run of its own.
 */
import assert from 'node:assert/strict';
import { journey } from '../driver/journey';
import { onWasm, Playground, trainAndSave } from '../driver/playground';
import type { VscodeWindow } from '../driver/window';

const refusal = /“Tiny GPT” is being trained in another window, so it cannot be resumed here/;

suite('A second window', () => {
  journey(
    'is told who trains a run, and can watch it',
    async (vscode) => {
      const { playground: training } = await trainAndSave(vscode);

      const second = await vscode.openWindow('README.md');
      await second.runCommand('Transformer: Resume Last Run');
      await second.told(refusal, 45);
      await second.screenshot('second-window-refused');
      await second.answerNotification(refusal, 'Watch It Here');
      const watching = new Playground(second);
      await watching.says(/Training\s+\d/, 60);
      assert.doesNotMatch(await watching.progress(), /^Step/);
      await second.screenshot('second-window-watches');
      const step = await training.step();
      await training.reach(step + 5);

      await training.press('Stop');
      await training.becomes('Stopped');
      await watching.says(/“Tiny GPT” can be continued from step/, 30);
      assert.doesNotMatch(await watching.text(), /In another window/);
    },
    { settings: onWasm, timeoutSeconds: 300 },
  );

  journey(
    'shows one run at a time, the one it watches or its own',
    async (vscode) => {
      const { playground: training } = await trainAndSave(vscode);

      const second = await vscode.openWindow('sonnets.txt');
      const page = new Playground(second);
      await second.runCommand('Transformer: Train on This File');
      await page.reach(3);
      await page.press('Stop');
      await page.becomes('Stopped');
      await watch(second);
      await page.becomes('In another window');
      await page.shows('Tiny GPT');
      await second.screenshot('second-window-watches-after-own-run');
      assert.match(await page.text(), /The model is in another window: write with it there/);
      assert.doesNotMatch(await page.text(), /Stopped at step/);

      await second.runCommand('Transformer: Resume Another Run');
      await second.pick('Tiny GPT');
      await second.told(refusal, 45);
      await second.runCommand('Transformer: Resume Last Run');
      await page.becomes('Step');
      await page.shows('sonnets.txt');
      await second.answerNotification(refusal, 'Watch It Here');
      await second.told(/“sonnets\.txt” is in the engine already/);
      const step = await page.step();
      await page.reach(step + 2);
      await page.press('Stop');
      await page.becomes('Stopped');
      await page.shows('sonnets.txt');
      await second.screenshot('second-window-own-run-after-watching');

      await watch(second);
      await page.becomes('In another window');
      await training.press('Stop');
      await training.becomes('Stopped');
      await page.becomes('Stopped');
      await page.shows('sonnets.txt');
      await page.press('Resume');
      await page.becomes('Step');
    },
    { onlyInFull: true, settings: onWasm, timeoutSeconds: 400 },
  );
});

/** Asks for the run that the other window trains, and watches it. */
async function watch(window: VscodeWindow): Promise<void> {
  await window.runCommand('Transformer: Resume Another Run');
  await window.pick('Tiny GPT');
  await window.told(refusal, 45);
  await window.answerNotification(refusal, 'Watch It Here');
}
