/** @file Deeper in the attention view: parts silenced, each layer heard, the run gone through. */
import assert from 'node:assert/strict';
import { AttentionView } from '../driver/attention';
import { journey } from '../driver/journey';
import { onWasm, trainTinyModel } from '../driver/playground';
import { poll } from '../driver/poll';

suite('Deeper in the attention view', () => {
  journey(
    'silences a layer and sees the model fail, hears each layer, and goes back in time',
    async (vscode) => {
      const { window, playground } = await trainTinyModel(vscode);
      await playground.reach(260);
      await window.runCommand('Transformer: Pause Training');
      await playground.becomes('Paused');
      await window.runCommand('Transformer: Show Attention');
      const attention = new AttentionView(window);
      await attention.says(/Attention weight is not importance/);
      await attention.choose('looked-source', 'A text of mine');
      const frame = await attention.frame();
      await frame.locator('#looked-text textarea').fill('the dog has the ball');
      await attention.says(/20 tokens/);

      await attention.choose('what-if-part', 'Layer 0, the whole layer');
      await attention.press('Make the Change');
      const text = await attention.says(/the loss on this text \w+ by [\d.]+, from/);
      const [, moves, by] = /the loss on this text (\w+) by ([\d.]+)/.exec(text) ?? [];
      assert.equal(moves, 'rises');
      assert.ok(Number(by) > 0.05, `Without its first layer the loss rises by only ${by ?? ''}.`);
      await frame.locator('.verdict').scrollIntoViewIfNeeded();
      await window.screenshot('deeper-silenced');
      await attention.press('Undo');
      await attention.says(/None: the model is as it was trained/);

      await frame.locator('#lens').getByRole('button', { name: 'Look', exact: true }).click();
      const cell = frame.locator('#lens').getByRole('gridcell').first();
      await cell.focus();
      await window.page.keyboard.press('End');
      await attention.says(/“h” comes next: rank \d+/);
      await window.screenshot('deeper-lens');

      const slider = frame.getByRole('slider', { name: 'Moment of the run' });
      await slider.focus();
      await window.page.keyboard.press('Home');
      await poll(
        () => frame.locator('.moment h3').innerText({ timeout: 2000 }),
        (title) => title === 'Step 0',
        { what: 'the first moment' },
      );
      await frame.locator('.moment').scrollIntoViewIfNeeded();
      await window.screenshot('deeper-first-moment');
      await frame.locator('#time').getByRole('button', { name: 'Play', exact: true }).click();
      await poll(
        () => frame.locator('.moment h3').innerText({ timeout: 2000 }),
        (title) => title !== 'Step 0',
        { what: 'a later moment' },
      );
      await window.screenshot('deeper-later-moment');

      await frame.locator('#circuit').getByRole('button', { name: 'Look', exact: true }).click();
      await attention.says(/QK circuit/);
      await frame.locator('.circuit').first().scrollIntoViewIfNeeded();
      await window.screenshot('deeper-circuits');
    },
    { onlyInFull: true, settings: onWasm, timeoutSeconds: 400 },
  );
});
