/** @file The model's source in the editor: lenses, hovers, hints, and the one selection. */
import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { journey } from '../driver/journey';
import { onWasm, Playground } from '../driver/playground';
import { poll } from '../driver/poll';

import type { VscodeWindow } from '../driver/window';

suite('The model’s source', () => {
  for (const theme of ['light', 'highContrastDark'] as const) {
    journey(
      `is read with live shapes in the ${theme} theme`,
      async (vscode) => {
        const window = await vscode.openWindow('README.md');
        const source = new SourceEditor(window);
        await window.runCommand('View: Toggle Primary Side Bar Visibility');
        await source.open();
        await source.goTo('attention.ts');
        await source.line(50);
        await source.says(/batch × head 4 × query × key/);
        const before = await source.lensCount();
        await window.screenshot(`source-before-a-run-${theme}`);

        await window.runCommand('Transformer: Train Tiny Model');
        const playground = new Playground(window);
        await playground.reach(20);
        await source.open();
        await source.goTo('attention.ts');
        await source.line(50);
        await source.says(/batch 4 × head 4 × query 64 × key 64/);
        await source.says(/μ −?[\d.e-]+ σ [\d.e-]+ · step [\d,]+, \d+ s ago/);
        assert.equal(await source.lensCount(), before);
        await source.hover(/trace\('pattern'/);
        await poll(
          () => source.hoverSays(),
          (text) =>
            text.includes('which token is looked at') && text.includes('Gradient of the loss'),
          { what: 'a hover with axes and gradient' },
        );
        await window.screenshot(`source-hover-${theme}`);
      },
      { settings: onWasm, theme },
    );
  }
});

/** An editor of the source, read as a user does. */
class SourceEditor {
  private readonly window: VscodeWindow;

  constructor(window: VscodeWindow) {
    this.window = window;
  }

  private get lenses(): Locator {
    return this.window.page.locator('.codelens-decoration');
  }

  /** Opens the source; waits until it has the focus, which would close a list. */
  async open(): Promise<void> {
    await this.window.runCommand('Transformer: Open Model Source');
    await this.says(/Parts of the model/);
    await this.window.page.locator('.editor-instance .monaco-editor.focused').waitFor();
  }

  /** Opens a part of the model from the list of all. */
  async goTo(part: string): Promise<void> {
    await this.window.runCommand('Transformer: Go to Part of the Model');
    await this.window.page.locator('.quick-input-title', { hasText: 'Parts of' }).waitFor();
    await this.window.pick(part);
    await this.window.page.locator(`.tab.active[data-resource-name="${part}"]`).waitFor();
  }

  /** Puts the cursor on a line, counted from 1: lenses out of sight say nothing. */
  async line(line: number): Promise<void> {
    const { page } = this.window;
    await page.keyboard.press('Control+G');
    await page.locator('.quick-input-widget input.input').fill(`:${line}`);
    await page.keyboard.press('Enter');
    await page.locator('.view-lines').first().waitFor();
  }

  /** Waits until a lens says something. */
  async says(what: RegExp, timeoutSeconds = 60): Promise<string> {
    return poll(
      async () => (await this.lenses.allInnerTexts()).join('\n').replaceAll('\u00a0', ' '),
      (text) => what.test(text),
      { timeoutSeconds, what: `a lens ${String(what)}` },
    );
  }

  /** Lines of lenses, in sight and not. */
  lensCount(): Promise<number> {
    return this.lenses.count();
  }

  /** Points at the beginning of what a line says. */
  async hover(text: RegExp): Promise<void> {
    const { page } = this.window;
    // A pointer that stands still over a line that comes along shows nothing.
    await page.mouse.move(0, 0);
    await page.locator('.view-line', { hasText: text }).locator('span span').nth(1).hover();
  }

  async hoverSays(): Promise<string> {
    const hovers = await this.window.page.locator('.monaco-hover:visible').allInnerTexts();
    return hovers.join('\n');
  }
}
