/** @file The generation view beside a run: what it writes, how texts branch, how it is worked. */
import assert from 'node:assert/strict';
import { AttentionView } from '../driver/attention';
import { GenerationView } from '../driver/generation';
import { journey } from '../driver/journey';
import { onWasm, Playground } from '../driver/playground';
import { poll } from '../driver/poll';

suite('The generation view', () => {
  journey(
    'branches a generation while training goes on',
    async (vscode) => {
      const window = await vscode.openWindow('README.md');
      await window.useTheme('light');
      await window.runCommand('Transformer: Open Generation View');
      const view = new GenerationView(window);
      await view.says(/No model is loaded/);
      await window.screenshot('generation-without-run');
      await view.press('Train Tiny Model');
      const playground = new Playground(window);
      const begun = await playground.reach(30);
      await view.says(/weights of step \d+, training goes on/);
      await view.set('field-sampling-maxTokens', '60');
      await view.generate('the dog ');
      await view.says(/60 tokens, .*tokens\/s, weights of step/);
      const before = await view.tokens();

      const token = await view.token(12);
      await token.click();
      await view.says(/is token 12 after the prompt/);
      await window.page.keyboard.press('ArrowLeft');
      await view.says(/is token 11 after the prompt/);
      await window.page.keyboard.press('Enter');
      await window.page.keyboard.press('ArrowDown');
      // The second likeliest may be the one that was drawn.
      const onDrawn = (await view.frame()).locator('.bar-drawn:focus');
      if ((await onDrawn.count()) > 0) await window.page.keyboard.press('ArrowDown');
      await window.page.keyboard.press('Enter');
      await poll(
        () => view.branches(),
        (lines) => lines.length === 2,
        { what: 'a second branch' },
      );
      await view.written();
      const after = await view.tokens();
      assert.deepEqual(after.slice(0, 11), before.slice(0, 11));
      assert.notEqual(after[11], before[11]);
      assert.equal(after.length, 72);
      await playground.reach(begun + 20);
      const frame = await view.frame();
      await view.says(/is token 11 after the prompt/);
      await frame.locator('#token').scrollIntoViewIfNeeded();
      await window.screenshot('generation-branch-light');

      await frame.getByRole('treeitem').first().click();
      assert.deepEqual(await view.tokens(), before);
      await window.page.keyboard.press('Delete');
      await view.says(/2 branches are deleted/);
      await view.press('Undo');
      assert.equal((await view.branches()).length, 2);

      // What was written is there when the side bar comes back.
      await window.runCommand('View: Show Explorer');
      await window.runCommand('Transformer: Open Generation View');
      assert.equal((await view.branches()).length, 2);

      await window.useTheme('highContrastDark');
      await view.says(/After/);
      await window.screenshot('generation-branch-hc');
    },
    { settings: onWasm, timeoutSeconds: 300 },
  );

  journey(
    'names what a prompt cannot hold, sets texts side by side and measures the cache',
    async (vscode) => {
      const window = await vscode.openWindow('README.md');
      await window.runCommand('Transformer: Train Tiny Model');
      await new Playground(window).reach(30);
      await window.runCommand('Transformer: Pause Training');
      await window.runCommand('Transformer: Open Generation View');
      const view = new GenerationView(window);
      await view.says(/paused/);
      const frame = await view.frame();
      await frame.locator('#prompt-text textarea').fill('der bär');
      await view.says(/The character 'ä' \(U\+00E4\) is not in this model's vocabulary/);
      await view.set('field-sampling-maxTokens', '40');
      await view.set('samples', '2');
      await view.set('temperatures', '0.5, 1.5');
      await view.generate('the dog ');
      assert.equal(await frame.locator('.card').count(), 4);
      await window.screenshot('generation-side-by-side');
      await frame.getByText('What the KV cache saves').click();
      await view.press('Compare');
      await view.says(/times as fast.*Both texts are the same/, 120);
      await frame.locator('#cache').scrollIntoViewIfNeeded();
      await window.screenshot('generation-cache');
      await (await view.token(3)).click();
      await view.press('Show where it looks');
      const attention = new AttentionView(window);
      await attention.says(/12 tokens/);
      await attention.says(/“.” \(11\) looks at/);
      await window.screenshot('generation-to-attention');
    },
    { onlyInFull: true, settings: onWasm, timeoutSeconds: 300 },
  );
});
