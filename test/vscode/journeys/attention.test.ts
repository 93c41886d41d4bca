/** @file The attention view beside a run: what it shows, how it follows, how it is worked. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AttentionView } from '../driver/attention';
import { journey } from '../driver/journey';
import { onWasm, Playground, trainTinyModel } from '../driver/playground';
import { poll } from '../driver/poll';
import { allThemes } from '../driver/themes';

suite('The attention view', () => {
  journey(
    'says what is missing, then shows every head of the run and follows it while it trains',
    async (vscode) => {
      const window = await vscode.openWindow('README.md');
      await window.runCommand('Transformer: Show Attention');
      const attention = new AttentionView(window);
      await attention.says(/No model is loaded/);
      await window.screenshot('attention-without-run');
      await window.runCommand('Transformer: Train Tiny Model');
      await new Playground(window).reach(40);
      await window.runCommand('Transformer: Show Attention');
      await attention.says(/Attention weight is not importance/);
      const step = await attention.reach(1);
      await attention.reach(step + 20);
      await attention.says(/Previous token|First token|Uniform|Mixed/);
      await window.screenshot('attention-training');
      await attention.press('Hold the Picture');
      const held = await attention.step();
      await attention.says(/, (?:[2-9]\d|\d[\d,]{2,}) steps ago/);
      assert.equal(await attention.step(), held, 'The picture is not held.');
      await attention.press('Follow the Training');
      await attention.reach(held + 10);
      await window.runCommand('Transformer: Pause Training');
      await attention.says(/Silenced at step/);
      await attention.toggle(1, 2);
      await poll(
        () => attention.openHeads(),
        (heads) => heads.join() === 'Layer 0, head 0,Layer 1, head 2',
        { what: 'two heads side by side' },
      );
      for (const theme of allThemes) {
        await window.useTheme(theme);
        await window.screenshot(`attention-${theme}`);
      }
    },
    { settings: onWasm, timeoutSeconds: 400 },
  );

  journey(
    'looks at a text of the user’s, follows one of its tokens and saves what is seen',
    async (vscode) => {
      const { window, playground } = await trainTinyModel(vscode);
      await playground.reach(30);
      await window.runCommand('Transformer: Pause Training');
      await playground.becomes('Paused');
      await window.runCommand('Transformer: Show Attention');
      const attention = new AttentionView(window);
      await attention.says(/Attention weight is not importance/);
      await attention.choose('looked-source', 'A text of mine');
      const frame = await attention.frame();
      await frame.locator('#looked-text textarea').fill('the dog ran');
      await attention.says(/11 tokens/);
      const map = frame.locator('.heatmap-frame').first();
      await map.focus();
      await window.page.keyboard.press('ArrowUp');
      await window.page.keyboard.press('ArrowRight');
      await attention.says(/“n” \(10\) looks at “h” \(1\) with weight/);
      await frame.getByRole('button', { name: /^Follow “n” \(10\) Through/ }).click();
      await attention.says(/1 of 8: Query/);
      for (const title of ['Keys', 'Products', 'Scale', 'Mask', 'Softmax', 'Values', 'Output']) {
        await attention.press('Next');
        await attention.says(new RegExp(`of 8: ${title}`));
        if (title === 'Values') await window.screenshot('attention-follow');
      }
      await frame.locator('#looked-text textarea').fill('the dög');
      await attention.says(/ö/);
      await window.screenshot('attention-unknown-character');
      await frame.locator('#looked-text textarea').fill('the cat');
      await attention.says(/7 tokens/);
      await attention.press('CSV');
      await window.page.locator('.quick-input-widget input.input').waitFor();
      await window.page.keyboard.press('Enter');
      const saved = await poll(
        async () => {
          const names = await readdir(vscode.workspace);
          const name = names.find((one) => /^attention-layer-0-head-0-step-\d+\.csv$/.test(one));
          return name === undefined ? '' : readFile(join(vscode.workspace, name), 'utf8');
        },
        (text) => text !== '',
        { what: 'the saved weights' },
      );
      assert.match(saved, /^query \\ key,"0 t","1 h"/);
      await attention.press('Go to Source');
      await window.page.locator('.tab[data-resource-name="attention.ts"]').waitFor();
      await window.screenshot('attention-to-source');
    },
    { onlyInFull: true, settings: onWasm, timeoutSeconds: 400 },
  );

  journey(
    'comes back after a reload, opens no playground by itself, and has its text again',
    async (vscode) => {
      // Without a file: a reload shows what was open before.
      const window = await vscode.openWindow();
      await window.runCommand('Transformer: Train Tiny Model');
      const playground = new Playground(window);
      await playground.reach(10);
      await window.runCommand('Transformer: Show Attention');
      const attention = new AttentionView(window);
      await attention.says(/Attention weight is not importance/);
      await attention.choose('looked-source', 'A text of mine');
      const frame = await attention.frame();
      await frame.locator('#looked-text textarea').fill('the cat');
      await attention.says(/7 tokens/);
      await window.runCommand('Transformer: Stop Training');
      await playground.becomes('Stopped');
      await window.reload();
      await attention.says(/No model is loaded/);
      await window.runCommand('Transformer: Resume Last Run');
      await attention.says(/7 tokens/, 90);
    },
    { onlyInFull: true, settings: onWasm, timeoutSeconds: 400 },
  );
});
