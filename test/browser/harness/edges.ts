/** @file Where parts of a page lie, in CSS pixels of the window. */
import type { Page } from 'playwright-core';

/** The box of the first part that a selector finds. */
export async function boxOf(page: Page, selector: string): Promise<DOMRect> {
  return page
    .locator(selector)
    .first()
    .evaluate((part) => part.getBoundingClientRect().toJSON() as DOMRect);
}
