/**
 * @file A head that carries a task: it forms while a model learns from what repeats, is named by
 * the product, and without it the model fails.
 */
import assert from 'node:assert/strict';
import { repeats, repeatsModel, repeatsTraining } from '../../fixtures/repeats';
import { AttentionView } from '../driver/attention';
import { journey } from '../driver/journey';
import { onWasm, Playground } from '../driver/playground';
import { poll } from '../driver/poll';

/** A stretch that the model has never seen, and its beginning again. */
const prompt = 'xkqBzmtDwFjcx';
const goesOn = 'kqBzmtDwFjc';

suite('An induction head', () => {
  journey(
    'forms, is named and marked on the curve; silenced, the model no longer copies',
    async (vscode) => {
      const window = await vscode.openWindow('repeats.txt');
      const playground = new Playground(window);
      await window.runCommand('Transformer: Train on This File');
      await playground.becomes('Step');
      await playground.press('Stop');
      await playground.becomes('Stopped');
      await playground.showConfiguration();
      const wanted = { model: repeatsModel, training: repeatsTraining };
      for (const [section, fields] of Object.entries(wanted)) {
        for (const [name, value] of Object.entries(fields)) {
          await playground.set(`${section}.${name}`, value);
        }
      }
      await playground.press('Train on repeats.txt');
      const formed = /Step ([\d,]+): [^\n]*layer 1, head (\d) became an induction head/i;
      const text = await playground.says(formed, 300);
      const [, step = '', head = ''] = formed.exec(text) ?? [];
      console.log(`      induction head ${head} of layer 1 at step ${step}`);
      await playground.becomes('Finished', { timeoutSeconds: 300 });
      await window.screenshot('induction-formed');

      await window.runCommand('Transformer: Show Attention');
      const attention = new AttentionView(window);
      await attention.choose('looked-source', 'A text of mine');
      const frame = await attention.frame();
      await frame.locator('#looked-text textarea').fill(prompt);
      await attention.says(new RegExp(`${prompt.length} tokens`));
      await poll(
        () => frame.locator('#roles tbody tr', { hasText: `Layer 1, Head ${head}` }).innerText(),
        (row) => row.includes('Induction') && /\+\d/.test(row),
        { what: 'the head by its name, and what silencing it costs' },
      );
      await window.screenshot('induction-named');

      await attention.toggle(1, Number(head));
      await attention.choose('what-if-part', `Layer 1, Head ${head}`);
      await attention.press('Make the Change');
      await attention.says(/the loss on this text rises by [\d.]+/);
      const samples = await frame.locator('.what-if-samples dd').allInnerTexts();
      assert.ok(samples[0]?.startsWith(goesOn.slice(0, 6)), `It copies: ${samples[0] ?? ''}`);
      assert.ok(
        !samples[1]?.startsWith(goesOn.slice(0, 6)),
        `It still copies: ${samples[1] ?? ''}`,
      );
      await frame.locator('.verdict').scrollIntoViewIfNeeded();
      await window.screenshot('induction-silenced');
    },
    {
      onlyInFull: true,
      settings: onWasm,
      files: { 'repeats.txt': repeats(400_000) },
      timeoutSeconds: 700,
    },
  );
});
