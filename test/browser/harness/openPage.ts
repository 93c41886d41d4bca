/** @file The page open in Chromium, with everything that must not happen written down. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { startChromium } from '../../tools/chromium';
import { openSite, type Theme } from './site';

export interface OpenOptions {
  readonly scenario: string;
  readonly theme?: Theme;
  /** In CSS pixels. */
  readonly width?: number;
  readonly height?: number;
  /** Causes of rejected backends, as in `scenarios.ts`. */
  readonly causes?: readonly string[];
  /** Points of the loss curve. */
  readonly points?: number;
  /** A text that shows that the page is there, if not the scenario's. */
  readonly sign?: string;
}

/** One browser and one server for the tests of a file. */
export interface Stage {
  readonly page: Page;
  /** Loads the page in a scenario and waits until the page stands as it describes. */
  open(options: OpenOptions): Promise<void>;
  /** Errors of page and console since the last `open`. */
  errors(): readonly string[];
  /** What the page asked its host for, in order. */
  asked(name: string): Promise<unknown[]>;
  close(): Promise<void>;
}

/** A sign that a scenario has been played: a text of the page's. */
const signs: Readonly<Record<string, string>> = {
  empty: 'Ready.',
  loading: 'Counting bigrams',
  training: 'Step 2,495 of',
  paused: 'Paused at step',
  finished: 'Finished at step',
  failed: 'Training diverged at step',
  resumable: 'can be continued',
  trained: 'is trained',
  text: 'can be continued',
  unstarted: 'too few for a context',
  dies: 'The engine stopped working',
  'dies-early': 'The engine stopped working',
  live: 'Step ',
};

/** Opens the stage for the tests of a file; none of them may offend the page's security policy. */
export function useStage(take: (stage: Stage) => void): void {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
    take(stage);
  });
  afterEach(async () => {
    expect(await stage.page.evaluate(() => window.harness.violations)).toEqual([]);
  });
  afterAll(async () => {
    await stage.close();
  });
}

async function openStage(): Promise<Stage> {
  const site = await openSite();
  const browser = await startChromium({ webgpu: false });
  const page = await browser.context.newPage();
  let errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => {
    errors.push(error.message);
  });
  return {
    page,
    open: async ({
      scenario,
      theme = 'dark',
      width = 1280,
      height = 900,
      causes = [],
      points,
      sign,
    }) => {
      errors = [];
      await page.setViewportSize({ width, height });
      // A page that was never there remembers nothing.
      if (page.url().startsWith('http')) {
        await page.evaluate(() => {
          sessionStorage.clear();
        });
      }
      await page.goto('about:blank');
      const query = points === undefined ? {} : { points: `${points}` };
      await page.goto(site.address({ scenario, theme, causes: causes.join(','), ...query }));
      const expected = points === undefined ? signs[scenario] : 'of 3,000';
      await page
        .getByText(sign ?? expected ?? '')
        .first()
        .waitFor();
    },
    errors: () => errors,
    asked: (name) =>
      page.evaluate(
        (wanted) =>
          window.harness.asked.filter((one) => one.name === wanted).map(({ params }) => params),
        name,
      ),
    close: async () => {
      await browser.stop();
      await site.close();
    },
  };
}
