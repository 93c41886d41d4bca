/**
 * @file What becomes of a run when its window is reloaded, its panel closed or its extension host
 * killed.
 */
import assert from 'node:assert/strict';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { journey } from '../driver/journey';
import { onWasm, Playground, trainAndSave, trainTinyModel } from '../driver/playground';
import { poll } from '../driver/poll';
import { unpackedProduct } from '../driver/product';
import { storedRuns } from '../driver/runs';

const product = await unpackedProduct();

suite('An interrupted run', () => {
  journey(
    'goes on where it was paused after the window is reloaded',
    async (vscode) => {
      const window = await vscode.openWindow();
      const playground = new Playground(window);
      await window.runCommand('Transformer: Train Tiny Model');
      await playground.reach(30);
      await window.runCommand('Transformer: Pause Training');
      await playground.becomes('Paused');
      const paused = await playground.step();

      await window.reload();
      await playground.says(new RegExp(`can be continued from step ${paused} of`), 60);
      assert.match(await playground.lossCurve(), /Training\s+\d/);
      await window.screenshot('reloaded');
      await playground.press('Resume');
      const resumedAt = await playground.reach(1);
      assert.ok(resumedAt >= paused, `It went on at step ${resumedAt}, not at ${paused}.`);
      await playground.reach(paused + 10);
      assert.match(await playground.lossCurve(), /Validation\s+\d/);
      await window.screenshot('resumed-after-reload');
    },
    { settings: onWasm },
  );

  journey(
    'says what closing the panel cost, and offers to resume',
    async (vscode) => {
      const { window, playground } = await trainAndSave(vscode);
      await playground.reach((await playground.step()) + 10);
      await window.runCommand('View: Close Editor');
      const closed =
        /closed at step (\d+) of “Tiny GPT”\. The run is kept at step (\d+); (\d+) steps? w/;
      const message = await window.told(closed);
      const [step = 0, kept = 0, lost = 0] = (closed.exec(message) ?? []).slice(1).map(Number);
      assert.ok(kept >= 10, message);
      assert.equal(step - kept, lost, message);
      await window.screenshot('closed-in-mid-step');
      await window.answerNotification(closed, 'Resume');
      await playground.goesOnFrom(kept);
      await window.screenshot('resumed-after-close');
    },
    { settings: onWasm },
  );

  journey(
    'is not begun when its panel is closed as it opens, which is no error',
    async (vscode) => {
      const { window, playground } = await trainTinyModel(vscode);
      const tab = window.page.locator('.tab', { hasText: 'Playground' });
      await tab.click({ button: 'middle' });
      await tab.waitFor({ state: 'detached' });
      await poll(
        () => window.commandsFor('Transformer: '),
        (offered) => !offered.includes('Transformer: Stop Training'),
        { what: 'a palette without Stop' },
      );
      await window.screenshot('closed-while-starting');
      // Where the page was faster, what became of the run is told; else nothing is left of it.
      const runs = join(vscode.workspace, '.transformer', 'runs');
      const { told } = await poll(
        async () => ({ told: await window.notifications(), left: await storedRuns(runs) }),
        (now) => now.told.length > 0 || now.left.length === 0,
        { what: 'no run, or a message of what became of it' },
      );
      const becameOf = /nothing was kept|is kept at step \d+/;
      assert.deepEqual(
        told.filter((message) => !becameOf.test(message)),
        [],
      );
      await window.runCommand('Transformer: Train Tiny Model');
      await playground.reach(5);
    },
    {
      onlyInFull: true,
      settings: { ...onWasm, 'transformerPlayground.runs.location': 'workspace' },
    },
  );

  journey(
    'is kept when it is stopped while its folder cannot be written',
    async (vscode) => {
      const { window, playground, step } = await trainAndSave(vscode);
      const folder = join(vscode.workspace, '.transformer');
      // In two steps at once: a snapshot on its way would refill a folder that is being emptied.
      renameSync(folder, `${folder}-aside`);
      writeFileSync(folder, 'In the way.');
      await playground.reach(step + 5);
      await playground.press('Stop');
      await playground.becomes('Stopped');
      const message = await window.told(
        /“Tiny GPT” could not be saved: .* kept in another folder, at step \d+, and can be resumed/,
      );
      assert.doesNotMatch(message, /ENOTDIR|Training goes on/);
      await window.screenshot('stopped-where-nothing-can-be-written');
      const kept = Number(/at step (\d+)/.exec(message)?.[1]);
      await playground.press('Resume');
      await playground.goesOnFrom(kept);
    },
    {
      onlyInFull: true,
      settings: { ...onWasm, 'transformerPlayground.runs.location': 'workspace' },
    },
  );

  journey(
    'says that the extension host has died, can be stopped, and outlives it',
    async (vscode) => {
      const { window, playground, step } = await trainAndSave(vscode);
      await vscode.killExtensionHosts();
      await playground.press('Save Checkpoint');
      const silent = /extension host no longer answers[^]*“Transformer: Open Playground”/;
      await playground.says(silent);
      await playground.says(new RegExp(`The checkpoint of step [\\d,]+ could .*${silent.source}`));
      const known = await playground.step();
      await playground.reach(known + 3);
      await window.screenshot('extension-host-killed');
      await playground.press('Stop');
      await playground.becomes('Stopped', { timeoutSeconds: 20 });
      const stopped = (await playground.step()).toLocaleString('en');
      await playground.says(new RegExp(`checkpoint of step ${stopped} could not be saved`));
      await window.screenshot('stopped-without-extension-host');
      await poll(
        () => vscode.extensionHosts(),
        (pids) => pids.length > 0,
        { timeoutSeconds: 60, what: 'a new extension host' },
      );
      await window.runCommand('Transformer: Resume Last Run');
      await playground.goesOnFrom(step, 90);
      assert.equal(await window.page.locator('.tab', { hasText: 'Playground' }).count(), 1);
      await window.screenshot('resumed-after-killed-host');
    },
    {
      host: 'node',
      extension: null,
      installed: [product],
      settings: onWasm,
      timeoutSeconds: 300,
    },
  );
});
