/** @file The model's source in an editor, read and worked as a user does. */
import type { Locator } from 'playwright-core';
import { poll } from './poll';
import type { VscodeWindow } from './window';

export class SourceEditor {
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

  /** Puts the cursor on a line, and a column, from 1: lenses out of sight say nothing. */
  async line(line: number, column = 1): Promise<void> {
    const { page } = this.window;
    await page.keyboard.press('Control+G');
    await page.locator('.quick-input-widget input.input').fill(`:${line}:${column}`);
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

  /** Presses a link of the hover that is shown. */
  async follow(link: string): Promise<void> {
    await this.window.page.locator('.monaco-hover:visible a', { hasText: link }).first().click();
  }

  /** Follows a link of the hover that is open. */
  async followHover(link: string): Promise<void> {
    await this.window.page.locator('.monaco-hover:visible a', { hasText: link }).click();
  }

  /** Presses the lens of that title over a line, once both are drawn. */
  async press(title: string, over: RegExp): Promise<void> {
    const nearest = await poll(
      () => this.nearestLens(title, over),
      (lens) => lens !== undefined,
      { what: `the lens “${title}” over ${String(over)}` },
    );
    await nearest?.click();
  }

  private async nearestLens(title: string, over: RegExp): Promise<Locator | undefined> {
    const line = this.window.page.locator('.view-line', { hasText: over }).first();
    const top = await topOf(line);
    const lenses = await this.lenses.locator('a', { hasText: title }).all();
    const above = await Promise.all(
      lenses.map(async (lens) => ({ lens, distance: (top ?? 0) - ((await topOf(lens)) ?? 0) })),
    );
    // Directly over the line, and not over one further up.
    return above.find(({ distance }) => distance > 0 && distance < 30)?.lens;
  }

  /** Waits until a line is in sight that is marked as selected. */
  async marks(text: RegExp): Promise<void> {
    const line = this.window.page.locator('.view-line', { hasText: text });
    const marks = this.window.page.locator('.view-overlays [class*="ced-"]');
    await poll(
      async () => {
        const top = await topOf(line.first());
        const tops = await Promise.all((await marks.all()).map(topOf));
        return tops.some((mark) => Math.abs((mark ?? 0) - (top ?? Infinity)) < 2);
      },
      (isMarked) => isMarked,
      { what: `a mark on ${String(text)}` },
    );
  }

  /** Whether keys go to an editor. */
  async hasFocus(): Promise<boolean> {
    return (await this.window.page.locator('.editor-instance .monaco-editor.focused').count()) > 0;
  }

  /** A line with the hints in it. */
  async lineSays(text: RegExp): Promise<string> {
    const lines = await this.window.page.locator('.view-line', { hasText: text }).allInnerTexts();
    return lines.join('\n').replaceAll('\u00a0', ' ');
  }
}

/** Of what is drawn; undefined while it is not. */
function topOf(drawn: Locator): Promise<number | undefined> {
  return drawn.evaluateAll(([element]) => element?.getBoundingClientRect().top);
}
