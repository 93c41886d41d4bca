/** @file One window of the workbench, driven as a user drives it. Knows no extension. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import { outputFolder } from '../../tools/support/repository';
import { poll } from './poll';
import { themes, type Theme } from './themes';

export class VscodeWindow {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Waits until the workbench stands in its theme's colours, which come last. */
  async ready(): Promise<void> {
    const workbench = '.monaco-workbench[class*="vscode-theme-"] .statusbar';
    await this.page.locator(workbench).waitFor({ timeout: 60_000 });
  }

  /** Closes the window as a user does: VS Code writes down what is open. */
  async close(): Promise<void> {
    const closed = this.page.waitForEvent('close');
    await this.page.close({ runBeforeUnload: true });
    await closed;
  }

  /**
   * Loads the window anew. The browser's own reload would not let VS Code write down what is open.
   */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('load', { timeout: 60_000 });
    await this.runCommand('Developer: Reload Window');
    await loaded;
    await this.ready();
  }

  /** Chooses a command in the palette by its whole title, `Category: Title`. */
  async runCommand(title: string): Promise<void> {
    await this.choose(`>${title}`, title);
  }

  /** Opens a file of the workspace by its name. */
  async openFile(name: string): Promise<void> {
    await this.choose(name, name);
    await this.page.locator(`.tab[data-resource-name="${name}"]`).waitFor();
  }

  /** The titles that the palette offers for some text. */
  async commandsFor(text: string): Promise<string[]> {
    await this.openQuickInput(`>${text}`);
    const rows = this.page.locator('.quick-input-list .monaco-list-row .label-name');
    await rows.first().waitFor();
    const titles = await rows.allTextContents();
    // Of a long list only what is in sight is there.
    await this.page.keyboard.press('ArrowUp');
    await this.page.waitForTimeout(100);
    const last = await rows.allTextContents();
    await this.page.keyboard.press('Escape');
    return [...new Set([...titles, ...last])];
  }

  /** Changes the colour theme as a user does, and waits until the workbench shows it. */
  async useTheme(theme: Theme): Promise<void> {
    const { label, workbenchClass } = themes[theme];
    await this.runCommand('Preferences: Color Theme');
    await this.pick(label);
    await this.page.locator(`.monaco-workbench.${workbenchClass}`).waitFor();
  }

  /** Picks an entry, by its whole label, of the list that a command has opened. */
  async pick(label: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input.input');
    await input.fill(label);
    await this.until(() => this.acceptRow(label), `"${label}" in the list`);
  }

  /**
   * Chooses an entry of something's context menu. A menu takes no click in its first moment: so try
   * until it closes.
   */
  async chooseInContextMenu(of: Locator, entry: string): Promise<void> {
    const item = this.page.getByRole('menuitem', { name: entry, exact: true });
    await this.until(async () => {
      if (!(await item.isVisible())) await of.click({ button: 'right' });
      return succeeds(async () => {
        await item.click({ timeout: 2000 });
        await item.waitFor({ state: 'hidden', timeout: 1000 });
      });
    }, `"${entry}" in a context menu`);
  }

  // Keys pressed before the workbench has its bindings are lost, restored editors take the focus
  // away, and the list is made when it opens: so try until the row was taken.
  private async choose(typed: string, label: string): Promise<void> {
    await this.until(async () => {
      const chosen =
        (await succeeds(() => this.openQuickInput(typed))) && (await this.acceptRow(label));
      if (!chosen) await this.page.keyboard.press('Escape');
      return chosen;
    }, `"${label}" in the quick input`);
  }

  /** Takes a row by keyboard: where a click lands depends on a list that is still being filled. */
  private async acceptRow(label: string): Promise<boolean> {
    const focused = this.page.locator('.quick-input-list .monaco-list-row.focused .label-name');
    for (let row = 0; row < 8; row += 1) {
      // Where no row has the focus yet, the next key gives it to one.
      await succeeds(() => focused.first().waitFor({ timeout: 1500 }));
      const [name] = await focused.allTextContents();
      if (name === label) {
        // Closed by an editor that takes the focus, Enter would go into its text.
        if (!(await this.isChoosing())) return false;
        await this.page.keyboard.press('Enter');
        const taken = focused.filter({ hasText: label });
        return succeeds(() => taken.waitFor({ state: 'hidden', timeout: 5000 }));
      }
      await this.page.keyboard.press('ArrowDown');
    }
    return false;
  }

  /** Whether keys go to the quick input. */
  private isChoosing(): Promise<boolean> {
    const input = this.page.locator('.quick-input-widget input.input');
    return input.evaluate((shown) => shown === document.activeElement && shown.checkVisibility());
  }

  private until(attempt: () => Promise<boolean>, what: string): Promise<boolean> {
    return poll(attempt, (succeeded) => succeeded, { timeoutSeconds: 30, what });
  }

  private async openQuickInput(typed: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input.input');
    await this.page.keyboard.press('F1');
    await input.fill(typed, { timeout: 1500 });
  }

  /**
   * The document inside the webview that shows `selector`. Never keep it for long: VS Code replaces
   * a webview's frames when it moves, hides or reloads it.
   */
  async webview(selector: string, timeoutSeconds = 60): Promise<Frame> {
    const what = `a webview with ${selector}`;
    const frames = await poll(
      () => this.webviewsWith(selector),
      (found) => found.length > 0,
      { timeoutSeconds, what },
    );
    const [frame] = frames;
    if (frame === undefined) throw new Error(`No sign of ${what}.`);
    return frame;
  }

  private async webviewsWith(selector: string): Promise<Frame[]> {
    const found: Frame[] = [];
    for (const frame of this.page.frames()) {
      if (!frame.url().includes('/pre/fake.html')) continue;
      // A frame that is being replaced refuses: it is not the one.
      const count = await frame
        .locator(selector)
        .count()
        .catch(() => 0);
      if (count > 0) found.push(frame);
    }
    return found;
  }

  /** What the list of notifications says, the newest first. VS Code shows no toasts to a driver. */
  async notifications(): Promise<string[]> {
    const center = this.page.locator('.notifications-center.visible');
    if ((await center.count()) === 0) await this.runCommand('Notifications: Show Notifications');
    return center.locator('.notification-list-item-message').allTextContents();
  }

  /** Waits for a notification that matches; returns what it says. */
  async told(what: RegExp, timeoutSeconds = 60): Promise<string> {
    const messages = await poll(
      () => this.notifications(),
      (shown) => shown.some((message) => what.test(message)),
      { timeoutSeconds, what: `a message ${String(what)}` },
    );
    return messages.find((message) => what.test(message)) ?? '';
  }

  /** Waits for a notification and presses one of its buttons. */
  async answerNotification(what: RegExp, button: string): Promise<void> {
    await this.told(what);
    const notification = this.page
      .locator('.notifications-center .notification-list-item', { hasText: what })
      .first();
    await notification.hover();
    const expand = notification.locator('.codicon-notifications-expand');
    if ((await expand.count()) > 0) await expand.click();
    await notification.getByRole('button', { name: button, exact: true }).click();
  }

  /** Presses a button of a modal dialog. */
  async answerDialog(button: string): Promise<void> {
    const dialog = this.page.locator('.monaco-dialog-box');
    await dialog.getByRole('button', { name: button, exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
  }

  /** The entries of the status bar, as read by a screen reader. */
  async statusBar(): Promise<string[]> {
    const labels = await this.page
      .locator('.statusbar .statusbar-item a')
      .evaluateAll((items) => items.map((item) => item.getAttribute('aria-label') ?? ''));
    return labels.filter((label) => label !== '');
  }

  /** Keeps a picture, `test/output/screenshots/NAME.png`, for people to look at. */
  async screenshot(name: string): Promise<string> {
    const folder = join(outputFolder, 'screenshots');
    await mkdir(folder, { recursive: true });
    const path = join(folder, `${name}.png`);
    await this.page.screenshot({ path });
    return path;
  }
}

/** Whether some steps end without an error. */
const succeeds = (steps: () => Promise<void>): Promise<boolean> =>
  steps().then(
    () => true,
    () => false,
  );
