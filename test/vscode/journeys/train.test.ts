/** @file From the palette to a model that writes words. */
import assert from 'node:assert/strict';
import { journey } from '../driver/journey';
import { onWasm, trainTinyModel } from '../driver/playground';
import { poll } from '../driver/poll';

suite('Train Tiny Model', () => {
  journey(
    'goes from the palette to a readable sample',
    async (vscode) => {
      const { window, playground } = await trainTinyModel(vscode);
      const began = performance.now();
      const seconds = (): string => ((performance.now() - began) / 1000).toFixed(1);
      await poll(
        () => playground.lossCurve(),
        (legend) => /Training\s+\d/.test(legend),
        { timeoutSeconds: 60, what: 'the first point of the loss curve' },
      );
      console.log(`      first point of the loss curve after ${seconds()} s`);

      await poll(
        () => playground.text(),
        (text) => sharesOfWords(text).some((share) => share >= 90),
        { timeoutSeconds: 300, what: 'a sample with nine of ten words spelled right' },
      );
      console.log(`      readable sample after ${seconds()} s`);
      const bar = await window.statusBar();
      assert.match(bar.join('\n'), /Training Tiny GPT: step [\d,]+ of [\d,]+, loss \d/);
      await playground.scrollTo('#samples');
      await window.screenshot('train-tiny-model');
    },
    { timeoutSeconds: 420 },
  );

  journey(
    'asks what becomes of the run that is active',
    async (vscode) => {
      const { window, playground } = await trainTinyModel(vscode);
      await playground.reach(5);
      await window.runCommand('Transformer: Train Tiny Model');
      await window.page.locator('.monaco-dialog-box').waitFor();
      await window.screenshot('train-while-active');
      await window.answerDialog('Cancel');
      const kept = await playground.step();
      await playground.reach(kept + 5);

      await window.runCommand('Transformer: Train Tiny Model');
      await window.answerDialog('Stop and Keep It');
      await poll(
        () => playground.step(),
        (step) => step >= 0 && step < kept,
        { what: 'a new run from its first step' },
      );
      await playground.press('Stop');
      await playground.becomes('Stopped');
    },
    { onlyInFull: true, settings: onWasm },
  );
});

/** "97 % words" of every sample that is shown. */
function sharesOfWords(text: string): number[] {
  return [...text.matchAll(/(\d+)\s?% words/g)].map(([, share]) => Number(share));
}
