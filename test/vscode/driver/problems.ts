/** @file Collects what a user would find in the developer tools: errors, refusals, crashes. */
import type { BrowserContext, ConsoleMessage, Page } from 'playwright-core';

/**
 * What the served VS Code says by itself: parts that are not shipped, and no internet to look for
 * more.
 */
const workbenchNoise: readonly RegExp[] = [
  /\/manifest\.json/,
  /favicon/,
  /\/browser\/media\/templates\.png/,
  /\/vsda/,
  /\/update\/check/,
  /open-vsx\.org/,
  /waiting for authentication provider 'github'/,
  /\[Service Worker\] registration/,
  /^A bad HTTP response code \(404\) was received when fetching the script\. \(:0\)$/,
  /vscode-log:.*IndexedDB database 'vscode-web-db' is closed/,
  // It writes settings of its own at the start, on a busy machine too slowly for itself.
  /Aborted onWillSaveTextDocument-event/,
  // A reload cancels what it was looking for.
  /Failed to resolve files at location: .* Canceled/,
  /\[lifecycle\] Long running operations during shutdown are unsupported in the web/,
];

/** Watches every window, webview and worker of a browser. */
export class Problems {
  private readonly found: string[] = [];
  private expected: RegExp[] = [];

  constructor(context: BrowserContext) {
    context.on('page', (page) => {
      this.watch(page);
    });
    for (const page of context.pages()) this.watch(page);
  }

  /** Announces an error that the journey provokes on purpose. */
  expect(pattern: RegExp): void {
    this.expected.push(pattern);
  }

  /** One line a problem that nobody expected. */
  list(): string[] {
    return this.found.filter((line) => !this.expected.some((pattern) => pattern.test(line)));
  }

  /** @throws if there is a problem that nobody expected. */
  assertNone(): void {
    const problems = this.list();
    if (problems.length > 0) throw new Error(`In the console:\n  ${problems.join('\n  ')}`);
  }

  private watch(page: Page): void {
    page.on('console', (message) => {
      this.onConsole(message);
    });
    page.on('pageerror', (error) => this.found.push(`uncaught ${error.stack ?? error.message}`));
    page.on('crash', () => this.found.push('a page crashed'));
  }

  private onConsole(message: ConsoleMessage): void {
    const text = message.text();
    const isError = message.type() === 'error' || /content security policy/i.test(text);
    if (!isError) return;
    const { url, lineNumber } = message.location();
    // VS Code colours its lines with %c; of a stack the first lines say enough.
    const plain = text.replaceAll('%c', '').split('\n').slice(0, 4).join('\n    ');
    const line = `${plain} (${url}:${lineNumber})`;
    if (!workbenchNoise.some((pattern) => pattern.test(line))) this.found.push(line);
  }
}
