/** @file The attention page open in Chromium, with everything that must not happen written down. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { startChromium } from '../../tools/chromium';
import { openSite, type Theme } from './site';

export interface AttentionOptions {
  /** `empty`, `loading`, `training`, `paused`, `failing`. */
  readonly scenario?: string;
  readonly theme?: Theme;
  /** In CSS pixels. */
  readonly width?: number;
  readonly height?: number;
  readonly layers?: number;
  readonly heads?: number;
  readonly context?: number;
  readonly mask?: 'causal' | 'none';
  /** Tokens that the model knows. */
  readonly vocabulary?: number;
}

/** One browser and one server for the tests of a file. */
export interface AttentionStage {
  readonly page: Page;
  /** Loads the page, and waits until it says `sign`, or shows its heads. */
  open(options?: AttentionOptions, sign?: string): Promise<void>;
  /** Errors of page and console since the last `open`. */
  errors(): readonly string[];
  /** What the page asked its host for, in order. */
  asked(name: string): Promise<unknown[]>;
}

/** Opens the stage for the tests of a file; none of them may offend the page's security policy. */
export function useAttentionStage(take: (stage: AttentionStage) => void): void {
  let stage: AttentionStage;
  let close: () => Promise<void>;
  beforeAll(async () => {
    const site = await openSite();
    const browser = await startChromium({ webgpu: false });
    stage = stageOf(await browser.context.newPage(), (query) => site.address(query));
    close = async () => {
      await browser.stop();
      await site.close();
    };
    take(stage);
  });
  afterEach(async () => {
    expect(await stage.page.evaluate(() => window.attention.violations)).toEqual([]);
    expect(stage.errors()).toEqual([]);
  });
  afterAll(async () => {
    await close();
  });
}

function stageOf(
  page: Page,
  address: (query: Readonly<Record<string, string>>) => string,
): AttentionStage {
  let errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => {
    errors.push(error.message);
  });
  return {
    page,
    open: async (options = {}, sign) => {
      const { width = 1280, height = 900, scenario = 'paused', theme = 'dark', ...model } = options;
      errors = [];
      await page.setViewportSize({ width, height });
      if (page.url().startsWith('http')) {
        await page.evaluate(() => {
          sessionStorage.clear();
        });
      }
      await page.goto('about:blank');
      const query: Record<string, string> = { page: 'attention', scenario, theme };
      for (const [name, value] of Object.entries(model)) query[name] = String(value);
      await page.goto(address(query));
      if (sign === undefined) await page.locator('.heatmap-canvas').first().waitFor();
      else await page.getByText(sign).first().waitFor();
    },
    errors: () => errors,
    asked: (name) =>
      page.evaluate(
        (wanted) =>
          window.attention.asked.filter((one) => one.name === wanted).map(({ params }) => params),
        name,
      ),
  };
}
