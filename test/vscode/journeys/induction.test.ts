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
const prompt = 'xkqBzmtDwFjcxkqBzmt';
const goesOn = 'DwFjc';

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
      console.log(`      ${formed.exec(text)?.[0] ?? ''}`);
      await playground.becomes('Finished', { timeoutSeconds: 300 });
      await window.screenshot('induction-formed');

      await window.runCommand('Transformer: Show Attention');
      const attention = new AttentionView(window);
      await attention.choose('looked-source', 'A text of mine');
      const frame = await attention.frame();
      await frame.locator('#looked-text textarea').fill(prompt);
      await attention.says(new RegExp(`${prompt.length} tokens`));
      const rows = frame.locator('#roles tbody tr').filter({ hasText: 'Layer 1, head' });
      const named = await poll(
        async () =>
          (await rows.allInnerTexts()).filter((row) => row.split('\t')[1] === 'Induction'),
        (found) =>
          found.length > 0 && found.every((row) => /^\+[\d.]+$/.test(row.split('\t')[2] ?? '')),
        { what: 'induction heads by name, and what silencing each costs' },
      );
      await frame.locator('#roles').scrollIntoViewIfNeeded();
      await window.screenshot('induction-named');

      // Several may do the same work: without one of them the others still do it.
      const open = await attention.openHeads();
      let made = 0;
      for (const row of named) {
        const [name = '', head] = /^Layer 1, head (\d)/.exec(row) ?? [];
        if (!open.includes(name)) await attention.toggle(1, Number(head));
        await attention.choose('what-if-part', name);
        await attention.press('Make the Change');
        made += 1;
        await attention.says(made === 1 ? /With “/ : new RegExp(`With these ${made} changes`));
      }
      const verdict = await attention.says(/the loss on this text rises by [\d.]+/);
      console.log(`      ${/With [^\n]* on this text rises[^\n]*/.exec(verdict)?.[0] ?? ''}`);
      const [before = '', after = ''] = await frame.locator('.what-if-samples dd').allInnerTexts();
      assert.ok(before.startsWith(goesOn), `Whole, it does not copy: ${before}`);
      assert.ok(!after.startsWith(goesOn), `Silenced, it still copies: ${after}`);
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
