/**
 * @file The generation view in a window, read and worked as a user does. Knows its words and
 * labels, not its code.
 */
import type { Frame, Locator } from 'playwright-core';
import { poll } from './poll';
import type { VscodeWindow } from './window';

export class GenerationView {
  private readonly window: VscodeWindow;

  constructor(window: VscodeWindow) {
    this.window = window;
  }

  /** The page as it stands now: VS Code replaces it when the view moves. */
  frame(): Promise<Frame> {
    return this.window.webview('.generation-page', 60);
  }

  async text(): Promise<string> {
    const frame = await this.frame();
    return frame
      .locator('body')
      .innerText({ timeout: 2000 })
      .catch(() => '');
  }

  /** Waits until the view says something. */
  async says(what: RegExp, timeoutSeconds = 60): Promise<string> {
    return poll(
      () => this.text(),
      (text) => what.test(text),
      { timeoutSeconds, what: `${String(what)} in the generation view` },
    );
  }

  async press(button: string): Promise<void> {
    const frame = await this.frame();
    await frame.getByRole('button', { name: button, exact: true }).first().click();
  }

  /** Unfolds the sampling and types into a field of it, by its id. */
  async set(id: string, value: string): Promise<void> {
    const frame = await this.frame();
    const sampling = frame.locator('#prompt details');
    if ((await sampling.getAttribute('open')) === null) await sampling.locator('summary').click();
    await frame.locator(`#${id} input`).fill(value);
  }

  /** Writes a prompt and lets the model go on from it, to the end. */
  async generate(prompt: string): Promise<void> {
    const frame = await this.frame();
    await frame.locator('#prompt-text textarea').fill(prompt);
    await frame.getByRole('button', { name: /^Generate/ }).click();
    await this.written();
  }

  /** Waits until nothing is being written. */
  async written(): Promise<void> {
    const frame = await this.frame();
    await frame.getByRole('button', { name: /^Generate/ }).waitFor({ timeout: 60_000 });
  }

  /** A token of the text that is read, by its place after the prompt. */
  async token(place: number): Promise<Locator> {
    const frame = await this.frame();
    return frame.locator(`#written [data-index="${place}"]`);
  }

  /** The tokens of the text that is read, one string each. */
  async tokens(): Promise<string[]> {
    const frame = await this.frame();
    return frame.locator('#written [data-index]').allTextContents();
  }

  /** The lines of the tree of branches. */
  async branches(): Promise<string[]> {
    const frame = await this.frame();
    return frame.getByRole('treeitem').allInnerTexts();
  }
}
