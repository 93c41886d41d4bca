/**
 * @file The playground in a window, read and worked as a user does. Knows its words and labels, not
 * its code.
 */
import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { poll, type PollOptions } from './poll';
import type { Vscode } from './vscode';
import type { VscodeWindow } from './window';

/**
 * Settings for journeys whose subject is not the backend: no trial of WebGPU, which is emulated and
 * slow here.
 */
export const onWasm = { 'transformerPlayground.backend': 'wasm' } as const;

/** Opens a window and trains the default model in it, as most journeys begin. */
export async function trainTinyModel(
  vscode: Vscode,
): Promise<{ window: VscodeWindow; playground: Playground }> {
  const window = await vscode.openWindow('README.md');
  await window.runCommand('Transformer: Train Tiny Model');
  return { window, playground: new Playground(window) };
}

/** Saves a checkpoint; returns its step. */
export async function saveCheckpoint(window: VscodeWindow): Promise<number> {
  await window.runCommand('Transformer: Save Checkpoint');
  const saved = /The checkpoint of step (\d+) is saved/;
  return Number(saved.exec(await window.told(saved))?.[1]);
}

/** Trains the default model and saves a checkpoint, of the step that is returned. */
export async function trainAndSave(
  vscode: Vscode,
): Promise<{ window: VscodeWindow; playground: Playground; step: number }> {
  const { window, playground } = await trainTinyModel(vscode);
  await playground.reach(10);
  return { window, playground, step: await saveCheckpoint(window) };
}

export class Playground {
  private readonly window: VscodeWindow;

  constructor(window: VscodeWindow) {
    this.window = window;
  }

  /**
   * The page as it stands now: VS Code replaces it when the panel moves or the window is reloaded.
   */
  frame(): Promise<Frame> {
    return this.window.webview('.page-header', 60);
  }

  /** Everything that the page says; empty while it is being replaced. */
  text(): Promise<string> {
    return this.textOf('body');
  }

  /** Waits until the page says something. */
  async says(what: RegExp, timeoutSeconds = 60): Promise<string> {
    return poll(
      () => this.text(),
      (text) => what.test(text),
      { timeoutSeconds, what: `${String(what)} in the playground` },
    );
  }

  /** Waits until the page says something no more. */
  async saysNoMore(what: RegExp): Promise<void> {
    await poll(
      () => this.text(),
      (text) => text !== '' && !what.test(text),
      { what: `no ${String(what)} in the playground` },
    );
  }

  /** Waits until that has the focus on the page. */
  async focuses(text: string): Promise<void> {
    await poll(
      () => this.textOf('body :focus'),
      (focused) => focused === text,
      { what: `“${text}” of the playground with the focus` },
    );
  }

  /** Waits until the run of that name is shown. */
  async shows(run: string): Promise<void> {
    await poll(
      () => this.textOf('.run-name'),
      (name) => name.trim() === run,
      { what: `the run “${run}”` },
    );
  }

  /** Where the run stands: "Step 40 of 3,000 · …". Empty while there is none. */
  progress(): Promise<string> {
    return this.textOf('.progress-line');
  }

  /** The step that the page shows; -1 while it shows none. */
  async step(): Promise<number> {
    return stepIn(await this.progress());
  }

  /** Waits until training has come to a step; returns the step that is shown. */
  async reach(step: number, timeoutSeconds = 60): Promise<number> {
    return poll(
      () => this.step(),
      (shown) => shown >= step,
      { timeoutSeconds, what: `step ${step}` },
    );
  }

  /**
   * Waits until a run that was brought back trains, and fails if it began before `step`; then until
   * it has made a few steps more.
   */
  async goesOnFrom(step: number, timeoutSeconds = 60): Promise<void> {
    const first = await poll(
      () => this.progress(),
      (line) => line.startsWith('Step '),
      { timeoutSeconds, what: `training from step ${step} on` },
    );
    assert.ok(stepIn(first) >= step, `It goes on at “${first}”, not from step ${step}.`);
    await this.reach(stepIn(first) + 3);
  }

  /** The step that the status bar shows, which is there also while the panel is hidden; or -1. */
  async stepInStatusBar(): Promise<number> {
    return stepIn((await this.window.statusBar()).join('\n'));
  }

  /** Waits for a state of the run: `Paused`, `Finished`, `Stopped`, or `Step` while it trains. */
  async becomes(state: string, options: PollOptions = {}): Promise<void> {
    await poll(
      () => this.progress(),
      (line) => line.startsWith(state),
      { what: `"${state} …" above the playground`, ...options },
    );
  }

  async press(button: string): Promise<void> {
    const frame = await this.frame();
    await frame.getByRole('button', { name: button, exact: true }).first().click();
  }

  /** Shows the form, which may be folded away, with all its fields. */
  async showConfiguration(): Promise<void> {
    const frame = await this.frame();
    if ((await frame.locator('#configuration').count()) === 0) {
      await this.press('Edit configuration');
    }
    await frame.locator('#configuration summary', { hasText: 'All settings' }).click();
  }

  /** Types a value into a field of the form, by its path in the schema: `training.steps`. */
  async set(path: string, value: number): Promise<void> {
    const frame = await this.frame();
    await frame.locator(`#field-${path.replace('.', '-')} input`).fill(String(value));
  }

  /** Writes a prompt and lets the model go on from it. */
  async generate(prompt: string): Promise<void> {
    const frame = await this.frame();
    await frame.locator('#prompt-text textarea').fill(prompt);
    await this.press('Generate');
  }

  /** Which backend is used, and why no better one. */
  async backend(): Promise<string> {
    const frame = await this.frame();
    const why = frame.getByRole('button', { name: 'Why not WebGPU?' });
    if ((await why.count()) > 0) await why.click();
    return this.says(/WASM[\s\S]*(How to get WebGPU|Copy Launch Flags|Choose Backend)/);
  }

  /**
   * Looks at the text that is being written until it is done: the different lengths that were seen.
   */
  async lengthsWhileWriting(): Promise<number[]> {
    const lengths = new Set<number>();
    await poll(
      async () => {
        lengths.add((await this.textOf('.generation .written')).length);
        return this.textOf('.generation-about');
      },
      (about) => about.includes('tokens'),
      { timeoutSeconds: 60, what: 'a text that is written to its end' },
    );
    return [...lengths];
  }

  /** What the panel of the loss curve says: its legend, "Training 0.699", and the newest values. */
  lossCurve(): Promise<string> {
    return this.textOf('#metrics');
  }

  async scrollTo(selector: string): Promise<void> {
    const frame = await this.frame();
    await frame.locator(selector).scrollIntoViewIfNeeded();
  }

  private async textOf(selector: string): Promise<string> {
    const frame = await this.frame();
    return frame
      .locator(selector)
      .innerText({ timeout: 2000 })
      .catch(() => '');
  }
}

function stepIn(text: string): number {
  const shown = /step ([\d,]+) of/i.exec(text);
  return Number((shown?.[1] ?? '-1').replaceAll(',', ''));
}
