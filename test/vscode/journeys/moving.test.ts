/** @file The panel is moved about while it trains: to another group, and to a window of its own. */
import { journey } from '../driver/journey';
import { onWasm, Playground, saveCheckpoint, trainTinyModel } from '../driver/playground';
import { poll } from '../driver/poll';
import { VscodeWindow } from '../driver/window';

suite('The panel in training', () => {
  journey(
    'trains on in another group, while hidden and in a new window',
    async (vscode) => {
      const { window, playground } = await trainTinyModel(vscode);
      const before = await playground.reach(5);
      await window.runCommand('View: Move Editor into Right Group');
      await window.page.locator('.editor-group-container').nth(1).waitFor();
      await playground.goesOnFrom(before);
      await window.screenshot('moved-to-group');

      await window.runCommand('View: Move Editor into Left Group');
      await window.openFile('sums.txt');
      const hidden = await playground.stepInStatusBar();
      await poll(
        () => playground.stepInStatusBar(),
        (step) => step > hidden + 5,
        { what: 'more steps while the panel is hidden' },
      );
      await window.screenshot('training-while-hidden');

      const kept = await saveCheckpoint(window);
      await window.runCommand('Transformer: Open Playground');
      await playground.reach(hidden);
      const opening = vscode.context.waitForEvent('page');
      await window.runCommand('View: Move Editor into New Window');
      const moved = new VscodeWindow(await opening);
      const away = new Playground(moved);
      await away.goesOnFrom(kept, 90);
      await moved.screenshot('moved-to-window');
    },
    { settings: onWasm, timeoutSeconds: 300 },
  );
});
