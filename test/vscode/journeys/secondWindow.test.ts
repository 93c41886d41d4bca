/**
 * @file Two windows on one workspace: the second one may watch the first one's run, not train it.
 */
import assert from 'node:assert/strict';
import { journey } from '../driver/journey';
import { onWasm, Playground, trainTinyModel } from '../driver/playground';

suite('A second window', () => {
  journey(
    'is told who trains a run, and can watch it',
    async (vscode) => {
      const { window: first, playground: training } = await trainTinyModel(vscode);
      await training.reach(10);
      await first.runCommand('Transformer: Save Checkpoint');
      await first.told(/The checkpoint of step \d+ is saved/);

      const second = await vscode.openWindow('README.md');
      await second.runCommand('Transformer: Resume Last Run');
      const refusal = /is being trained in another window, so it cannot be resumed here/;
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
});
