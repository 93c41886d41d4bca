/** @file Measures how smoothly a page is drawn. */
import type { Page } from 'playwright-core';

/** Runs some steps; returns the longest time between two frames meanwhile, ms. */
export async function longestFrame(page: Page, steps: () => Promise<void>): Promise<number> {
  const watch = await page.evaluateHandle(() => {
    const state = { longest: 0, last: performance.now(), request: 0 };
    const onFrame = (now: number): void => {
      state.longest = Math.max(state.longest, now - state.last);
      state.last = now;
      state.request = requestAnimationFrame(onFrame);
    };
    state.request = requestAnimationFrame(onFrame);
    return state;
  });
  await steps();
  return watch.evaluate((state) => {
    cancelAnimationFrame(state.request);
    return state.longest;
  });
}
