/** @file The model is asked to write while it trains. */
import assert from 'node:assert/strict';
import { journey } from '../driver/journey';
import { onWasm, trainTinyModel } from '../driver/playground';

suite('Writing with the model', () => {
  journey(
    'streams a text while training goes on, and names what it cannot read',
    async (vscode) => {
      const { window, playground } = await trainTinyModel(vscode);
      const before = await playground.reach(20);
      await playground.generate('the dog ');
      const lengths = await playground.lengthsWhileWriting();
      assert.ok(lengths.length >= 3, `the text came in ${lengths.length} pieces`);
      await playground.says(/\d+ tokens, .* with the weights of step/);
      await playground.reach(before + 10);
      await playground.scrollTo('.generation');
      await window.screenshot('prompt-while-training');

      await playground.generate('der bär');
      await playground.says(/The character 'ä' \(U\+00E4\) is not in this model's vocabulary/);
      await playground.scrollTo('.generation');
      await window.screenshot('prompt-unknown-character');
      const step = await playground.step();
      await playground.reach(step + 5);
    },
    { settings: onWasm },
  );
});
