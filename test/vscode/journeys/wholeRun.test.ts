/** @file The default run to its end: what it reaches, and what it had reached on the way. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { journey } from '../driver/journey';
import { onWasm, trainTinyModel } from '../driver/playground';
import { storedRuns } from '../driver/runs';

suite('The default run', () => {
  journey(
    'ends near the floor, and writes words and sentences of the grammar',
    async (vscode) => {
      const { window, playground } = await trainTinyModel(vscode);
      await playground.becomes('Finished', { timeoutSeconds: 900 });
      await window.screenshot('whole-run');
      const legend = await playground.lossCurve();
      const [run] = await storedRuns(join(vscode.workspace, '.transformer', 'runs'));
      assert.ok(run);
      const evaluations = (await run.points()).filter((point) => 'validationLoss' in point);
      const samples = await run.samples();
      for (const { step, elapsed, validationLoss } of evaluations) {
        const sample = samples.find((written) => written.step === step);
        console.log(
          `      step ${String(step)}, ${(Number(elapsed) / 1000).toFixed(0)} s: validation loss ` +
            `${Number(validationLoss).toFixed(4)}, ${percent(sample?.lexiconShare)} words, ` +
            `${percent(sample?.sentenceShare)} sentences`,
        );
      }
      const floor = Number(/Floor\s+([\d.]+)/.exec(legend)?.[1]);
      const last = Number(evaluations.at(-1)?.validationLoss);
      assert.ok(last - floor < 0.15, `the run ended at ${last}, above the floor of ${floor}`);
      const late = samples.slice(-8);
      const words = mean(late.map(({ lexiconShare }) => Number(lexiconShare)));
      const sentences = mean(late.map(({ sentenceShare }) => Number(sentenceShare)));
      assert.ok(words >= 0.95, `of the words of the last samples ${percent(words)} are right`);
      assert.ok(sentences >= 0.5, `of their sentences ${percent(sentences)} are right`);
    },
    {
      onlyInFull: true,
      host: 'node',
      settings: { ...onWasm, 'transformerPlayground.runs.location': 'workspace' },
      timeoutSeconds: 960,
    },
  );
});

function percent(share: unknown): string {
  return `${(100 * Number(share)).toFixed(0)} %`;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
