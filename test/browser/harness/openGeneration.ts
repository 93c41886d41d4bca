/**
 * @file The generation view open in Chromium, with everything that must not happen written down.
 */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { startChromium } from '../../tools/chromium';
import { openSite, type Theme } from './site';

export interface GenerationOptions {
  /** `empty`, `resumable`, `loading`, `failed`, `training`, `paused`, `ends`, `own-text`. */
  readonly scenario?: string;
  readonly theme?: Theme;
  /** In CSS pixels. */
  readonly width?: number;
  readonly height?: number;
}

/** One browser and one server for the tests of a file. */
export interface GenerationStage {
  readonly page: Page;
  /** Loads the view anew, and waits until it says `sign`. */
  open(options?: GenerationOptions, sign?: string): Promise<void>;
  /** Writes a text, with these values in fields of the sampling; waits until it is done. */
  write(prompt: string, values?: Readonly<Record<string, string>>): Promise<void>;
  /** Does what has texts written, and waits until the last of them is. */
  writes(act: () => Promise<unknown>): Promise<void>;
  /** Unfolds the sampling and fills fields by their ids. */
  set(values: Readonly<Record<string, string>>): Promise<void>;
  /** What the page asked its host for, in order. */
  asked(name: string): Promise<unknown[]>;
}

/** Opens the stage for the tests of a file; none of them may offend the page's security policy. */
export function useGenerationStage(take: (stage: GenerationStage) => void): void {
  let page: Page;
  let close: () => Promise<void>;
  const errors: string[] = [];
  beforeAll(async () => {
    const site = await openSite();
    const browser = await startChromium({ webgpu: false });
    page = await browser.context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    page.on('pageerror', (error) => {
      errors.push(error.message);
    });
    close = async () => {
      await browser.stop();
      await site.close();
    };
    take(stageOf(page, (query) => site.address(query)));
  });
  afterEach(async () => {
    expect(await page.evaluate(() => window.generation.violations)).toEqual([]);
    expect(errors.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await close();
  });
}

function stageOf(
  page: Page,
  address: (query: Readonly<Record<string, string>>) => string,
): GenerationStage {
  const set: GenerationStage['set'] = async (values) => {
    const sampling = page.locator('#prompt details');
    if ((await sampling.getAttribute('open')) === null) await sampling.locator('summary').click();
    for (const [id, value] of Object.entries(values)) {
      await page.locator(`#${id} input`).fill(value);
    }
  };
  const writes: GenerationStage['writes'] = async (act) => {
    const before = await page.evaluate(() => window.generation.ended);
    await act();
    await page.waitForFunction((known) => window.generation.ended > known, before);
    await page.getByRole('button', { name: /^Generate/ }).waitFor();
  };
  return {
    page,
    open: async (options = {}, sign = 'weights of step') => {
      const { width = 320, height = 900, scenario = 'paused', theme = 'dark' } = options;
      await page.setViewportSize({ width, height });
      if (page.url().startsWith('http')) {
        await page.evaluate(() => {
          sessionStorage.clear();
        });
      }
      await page.goto('about:blank');
      await page.goto(address({ page: 'generation', scenario, theme }));
      await page.getByText(sign).first().waitFor();
    },
    write: async (prompt, values = {}) => {
      await page.locator('#prompt-text textarea').fill(prompt);
      if (Object.keys(values).length > 0) await set(values);
      await writes(() => page.getByRole('button', { name: /^Generate/ }).click());
    },
    writes,
    set,
    asked: (name) =>
      page.evaluate(
        (wanted) =>
          window.generation.asked.filter((one) => one.name === wanted).map(({ params }) => params),
        name,
      ),
  };
}
