/** @file The walkthrough: its steps, their buttons and pictures, as VS Code shows them. */
import assert from 'node:assert/strict';
import { GenerationView } from '../driver/generation';
import { journey } from '../driver/journey';
import { onWasm } from '../driver/playground';
import { poll } from '../driver/poll';

suite('The walkthrough', () => {
  journey(
    'leads to each view by a button, and ticks off what was done',
    async (vscode) => {
      const window = await vscode.openWindow('README.md');
      await window.runCommand('View: Close Primary Side Bar');
      await window.runCommand('Welcome: Open Walkthrough...');
      await window.pick('See How a Transformer Works');
      const steps = window.page.locator('.getting-started-step');
      await poll(
        () => steps.count(),
        (count) => count === 4,
        { what: 'four steps' },
      );
      const done = window.page.locator('.getting-started-step .complete');
      assert.equal(await done.count(), 0);
      await steps.filter({ hasText: 'Let it write, token by token' }).click();
      const picture = window.page.locator('.getting-started-media img');
      await poll(
        () => picture.evaluate((drawn: HTMLImageElement) => drawn.naturalWidth),
        (width) => width > 100,
        { what: 'the picture of the step' },
      );
      await window.screenshot('walkthrough');
      await window.page.getByRole('button', { name: 'Open Generation View' }).click();
      await new GenerationView(window).says(/No model is loaded/);
      await poll(
        () => done.count(),
        (count) => count > 0,
        { what: 'a step that is done' },
      );
    },
    { onlyInFull: true, settings: onWasm, chromium: { viewport: { width: 1360, height: 760 } } },
  );
});
