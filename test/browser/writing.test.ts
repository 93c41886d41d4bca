/**
 * @file Whether what the model writes is noticed: it comes into sight, stays there while it grows,
 * is said to screen readers, and is seen to be copied.
 */
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useStage, type Stage } from './harness/openPage';
import { partsOf } from './harness/parts';
import { takePicture } from './harness/picture';

let stage: Stage;

useStage((opened) => {
  stage = opened;
});

const { button } = partsOf(() => stage);
const prompt = (): Locator => stage.page.getByRole('textbox', { name: 'Prompt', exact: true });
const status = (): Promise<string | null> => stage.page.getByRole('status').textContent();

/** Whether all of a part of the page lies between the header and the lower edge. */
const inSight = (part: string): Promise<boolean> =>
  stage.page.evaluate((selector) => {
    const box = document.querySelector(selector)?.getBoundingClientRect();
    return box !== undefined && box.top >= 0 && box.bottom <= innerHeight;
  }, part);

const scrolled = (): Promise<number> => stage.page.evaluate(() => scrollY);
const frame = (): Promise<unknown> =>
  stage.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));

/** How far the text in its box is from its end, in pixels. */
const awayFromEnd = (): Promise<number> =>
  stage.page
    .locator('.generation .written')
    .evaluate((box) => box.scrollHeight - box.clientHeight - box.scrollTop);

describe('what the model writes', () => {
  it.each([
    ['finished', 927, 700],
    ['training', 700, 700],
    ['training', 300, 700],
    // A window of 1280 × 900, zoomed to 200 %.
    ['training', 640, 450],
  ] as const)('comes into sight: %s, %i × %i', async (scenario, width, height) => {
    await stage.open({ scenario, width, height });
    if (scenario === 'finished') await button('Write with It').click();
    else await prompt().focus();
    await stage.page.keyboard.press('Control+Enter');
    await stage.page.getByText('Writing …').waitFor();
    await frame();
    expect(await inSight('.generation')).toBe(true);
    await stage.page.getByText('24 tokens, 412 tokens/s').waitFor();
    await frame();
    expect(await inSight('.generation-about')).toBe(true);
    expect(await inSight('.generation .written')).toBe(true);
    await takePicture(stage.page, `written-in-sight-${width}`);
  });

  it('keeps its end in sight while it grows, until one scrolls away', async () => {
    await stage.open({ scenario: 'paused', width: 300, height: 700 });
    await prompt().fill('at length');
    await stage.page.keyboard.press('Control+Enter');
    const height = (): Promise<number> =>
      stage.page.locator('.generation .written').evaluate((box) => box.scrollHeight);
    await expect.poll(height, { timeout: 20_000 }).toBeGreaterThan(420);
    expect(await inSight('.generation-about')).toBe(true);
    expect(await awayFromEnd()).toBeLessThan(3);
    // In the box, then on the page: each stays where it was put.
    await stage.page.locator('.generation .written').evaluate((box) => {
      box.scrollTop = 0;
    });
    await frame();
    await stage.page.evaluate(() => {
      scrollTo(0, 0);
    });
    const before = await height();
    await expect.poll(height, { timeout: 20_000 }).toBeGreaterThan(before + 30);
    expect(await scrolled()).toBe(0);
    const top = await stage.page.locator('.generation .written').evaluate((box) => box.scrollTop);
    expect(top).toBe(0);
    await button('Stop Writing').click();
  });
});

describe('a screen reader', () => {
  it('hears of the second text and of the second copy as well', async () => {
    await stage.open({ scenario: 'paused' });
    const heard = async (said: string): Promise<void> => {
      await expect.poll(() => status().then((text) => text?.trim())).toBe(said);
    };
    await stage.page.evaluate(() => {
      const region = document.querySelector('[role=status]');
      if (region === null) throw new Error('Nothing is announced.');
      const spoken: string[] = [];
      Object.assign(window, { spoken });
      new MutationObserver(() => spoken.push(region.textContent.trim())).observe(region, {
        characterData: true,
        childList: true,
        subtree: true,
      });
    });
    for (let time = 0; time < 2; time += 1) {
      await button('Generate').click();
      await stage.page.getByText('Writing …').waitFor();
      await stage.page.getByText('24 tokens, 412 tokens/s').waitFor();
      await heard('The text is written');
    }
    for (let time = 1; time <= 2; time += 1) {
      await button('Copy the text').click();
      await expect.poll(() => stage.asked('copyText').then(({ length }) => length)).toBe(time);
      await heard('Copied');
    }
    const spoken = (): Promise<string[]> =>
      stage.page.evaluate(() => (window as unknown as { spoken: string[] }).spoken);
    await expect
      .poll(spoken)
      .toEqual(['The text is written', 'The text is written', 'Copied', 'Copied']);
  });
});

describe('a button that copies', () => {
  it('shows for a moment that it did, and keeps its name', async () => {
    await stage.open({ scenario: 'training' });
    const copy = button('Copy the sample of step 400');
    const icon = (): Promise<string | null> =>
      stage.page.locator('.sample-newest .codicon').getAttribute('class');
    expect(await icon()).toContain('codicon-copy');
    await copy.click();
    await expect.poll(icon).toContain('codicon-check');
    await takePicture(stage.page, 'copied');
    await expect.poll(icon, { timeout: 5000 }).toContain('codicon-copy');
  });
});
