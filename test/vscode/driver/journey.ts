/**
 * @file Declares a journey: a mocha test that gets a VS Code and fails on anything in its console.
 */
import { Vscode, type VscodeOptions } from './vscode';

interface JourneyOptions extends VscodeOptions {
  readonly timeoutSeconds?: number;
  /** Left to the full run: other journeys, or tests below VS Code, go through the same in less. */
  readonly onlyInFull?: boolean;
}

/**
 * A journey through the product, in the Node host or the one it names; in the full run, where it
 * names none, in both. It fails if its steps do, or if any window, webview or worker reported an
 * error; a failed one leaves pictures, `failed-TITLE-N.png`.
 */
export function journey(
  title: string,
  steps: (vscode: Vscode) => Promise<void>,
  options: JourneyOptions = {},
): void {
  if (options.onlyInFull === true && process.env.TEST_FULL !== '1') return;
  declare(title, steps, options);
  if (process.env.TEST_FULL === '1' && options.host === undefined) {
    declare(`${title}, in the web-worker host`, steps, { ...options, host: 'web' });
  }
}

function declare(
  title: string,
  steps: (vscode: Vscode) => Promise<void>,
  options: JourneyOptions,
): void {
  test(title, async function () {
    this.timeout((options.timeoutSeconds ?? 240) * 1000);
    const vscode = await Vscode.start(options);
    try {
      await steps(vscode);
      vscode.problems.assertNone();
    } catch (error) {
      await keepPictures(vscode, title);
      const others = vscode.problems.list();
      if (others.length > 0) console.error(`In the console:\n  ${others.join('\n  ')}`);
      throw error;
    } finally {
      await vscode.stop();
    }
  });
}

async function keepPictures(vscode: Vscode, title: string): Promise<void> {
  const name = title.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const open = vscode.windows.filter(({ page }) => !page.isClosed());
  for (const [index, window] of open.entries()) {
    await window.screenshot(`failed-${name}-${index + 1}`);
  }
}
