/**
 * @file The attention view in a window, read and worked as a user does. Knows its words and labels,
 * not its code.
 */
import type { Frame } from 'playwright-core';
import { poll } from './poll';
import type { VscodeWindow } from './window';

export class AttentionView {
  private readonly window: VscodeWindow;

  constructor(window: VscodeWindow) {
    this.window = window;
  }

  /** The page as it stands now: VS Code replaces it when the panel moves or is hidden. */
  frame(): Promise<Frame> {
    return this.window.webview('.attention-header', 60);
  }

  async text(): Promise<string> {
    const frame = await this.frame();
    return frame
      .locator('body')
      .innerText({ timeout: 2000 })
      .catch(() => '');
  }

  /** Waits until the page says something. */
  async says(what: RegExp, timeoutSeconds = 60): Promise<string> {
    return poll(
      () => this.text(),
      (text) => what.test(text),
      { timeoutSeconds, what: `${String(what)} in the attention view` },
    );
  }

  /** The step of the weights that are shown; -1 while there is no picture. */
  async step(): Promise<number> {
    const frame = await this.frame();
    const age = await frame
      .locator('.attention-age')
      .innerText({ timeout: 2000 })
      .catch(() => '');
    return Number((/Step ([\d,]+)/.exec(age)?.[1] ?? '-1').replaceAll(',', ''));
  }

  /** Waits until the picture is of that step or a later one. */
  async reach(step: number): Promise<number> {
    return poll(
      () => this.step(),
      (shown) => shown >= step,
      { what: `attention of step ${step}` },
    );
  }

  async press(button: string): Promise<void> {
    const frame = await this.frame();
    await frame.getByRole('button', { name: button, exact: true }).first().click();
  }

  /** Chooses an entry of one of the page's lists. */
  async choose(listId: string, entry: string): Promise<void> {
    const frame = await this.frame();
    await frame.locator(`#${listId}`).click();
    await frame.locator(`#${listId}`).getByRole('option', { name: entry, exact: true }).click();
  }

  /** Opens a head large, or closes it. */
  async toggle(layer: number, head: number): Promise<void> {
    const frame = await this.frame();
    const name = new RegExp(`^Layer ${layer}, Head ${head}\\b`);
    await frame.getByRole('gridcell', { name }).click();
  }

  /** The titles of the heads that are shown large. */
  async openHeads(): Promise<string[]> {
    const frame = await this.frame();
    return frame.locator('.large-head h3').allInnerTexts();
  }
}
