/** @file A page worked by keyboard alone. */
import type { Frame } from 'playwright-core';
import type { VscodeWindow } from './window';

/** More stops than any view has. */
const mostStops = 120;

/**
 * Presses Tab until what matches has the focus, as one does who uses no pointer; fails where Tab
 * never comes there.
 */
export async function tabTo(window: VscodeWindow, frame: Frame, selector: string): Promise<void> {
  for (let stop = 0; stop < mostStops; stop += 1) {
    const isThere = await frame.evaluate(
      (wanted) => document.activeElement?.matches(wanted) ?? false,
      selector,
    );
    if (isThere) return;
    await window.page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${selector}.`);
}
