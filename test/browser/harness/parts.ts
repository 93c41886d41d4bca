/** @file The parts of the page that most tests work with, by the names that its users read. */
import type { Locator } from 'playwright-core';
import type { Stage } from './openPage';

export interface Parts {
  readonly button: (name: string) => Locator;
  readonly field: (name: string) => Locator;
  /** The line beside the progress bar. */
  readonly progress: () => Promise<string | null>;
}

/** Of the page that is on the stage when they are asked for. */
export function partsOf(stage: () => Stage): Parts {
  const byRole = (role: 'button' | 'textbox', name: string): Locator =>
    stage().page.getByRole(role, { name, exact: true });
  return {
    button: (name) => byRole('button', name),
    field: (name) => byRole('textbox', name),
    progress: () => stage().page.locator('.progress-line').textContent(),
  };
}
