/** @file Who types in an editor does not notice that a model trains beside it. */
import assert from 'node:assert/strict';
import { journey } from '../driver/journey';
import { longestFrame } from '../driver/frames';
import { onWasm, Playground } from '../driver/playground';
import type { VscodeWindow } from '../driver/window';

suite('Typing while a model trains', () => {
  journey(
    'goes on as before',
    async (vscode) => {
      const window = await vscode.openWindow('README.md');
      const playground = new Playground(window);
      const alone = await longestWhileTyping(window);
      await window.runCommand('Transformer: Train Tiny Model');
      await playground.reach(20);
      await window.runCommand('View: Move Editor into Right Group');
      await playground.reach(40);
      const before = await playground.step();
      const beside = await longestWhileTyping(window);
      const after = await playground.reach(before + 1);
      console.log(
        `      longest frame in 3 s of typing: ${alone.toFixed(0)} ms alone, ` +
          `${beside.toFixed(0)} ms while ${after - before} steps were trained`,
      );
      await window.screenshot('typing-while-training');
      // No figure of speed, which a busy machine would fail: an editor that training blocks stands
      // still for seconds.
      assert.ok(beside < 3 * alone + 2000, `A frame took ${beside} ms, ${alone} ms alone.`);
      const typed = await window.page.locator('.editor-instance .view-lines').first().innerText();
      assert.match(typed, /lazy.dog\./);
    },
    { onlyInFull: true, settings: onWasm },
  );
});

async function longestWhileTyping(window: VscodeWindow): Promise<number> {
  await window.page.locator('.editor-instance .view-lines').first().click();
  await window.page.keyboard.press('Control+End');
  return longestFrame(window.page, () =>
    window.page.keyboard.type('The quick brown fox jumps over the lazy dog. ', { delay: 60 }),
  );
}
