/** @file Pictures of the page in `test/output/browser`, for those who look at them. */
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const output = join(dirname(fileURLToPath(import.meta.url)), '../../output/browser');

/** Takes a picture of the whole page, however far it would have to be scrolled. */
export async function takePicture(page: Page, name: string): Promise<void> {
  await mkdir(output, { recursive: true });
  // The browser’s own picture of a whole page leaves out the canvas: so the window becomes as tall.
  const size = page.viewportSize();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  if (size !== null) await page.setViewportSize({ ...size, height });
  // Two frames, so that the canvas is drawn.
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
  await page.screenshot({ path: join(output, `${name}.png`) });
  if (size !== null) await page.setViewportSize(size);
}
