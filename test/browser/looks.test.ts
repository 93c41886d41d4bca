/**
 * @file How the playground looks and reads in every state, theme and width: pictures,
 * accessibility, security policy.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { useStage, type OpenOptions, type Stage } from './harness/openPage';
import { linuxLaunchFlags } from '../../webview/config/backend';
import { causes } from '../../webview/backends/causes';
import { boxOf } from './harness/edges';
import { takePicture } from './harness/picture';
import { rejected, scenarios } from './harness/scenarios';
import { themes, themesOfView } from './harness/site';

/** States before the first point of the loss curve. */
const withoutCurve = new Set(['empty', 'loading', 'unstarted']);

const require = createRequire(import.meta.url);

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
  }[];
}

let stage: Stage;
let axe: string;

useStage((opened) => {
  stage = opened;
});

beforeAll(async () => {
  axe = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');
});

afterEach(() => {
  expect(stage.errors()).toEqual([]);
});

async function picture(name: string, options: OpenOptions): Promise<void> {
  await stage.open(options);
  const { page } = stage;
  if (!withoutCurve.has(options.scenario)) await page.locator('.chart-canvas canvas').waitFor();
  await takePicture(page, name);
}

/** What axe finds that would keep somebody from using the page. */
async function barriers(): Promise<string[]> {
  // Through the debugger, which the page's security policy does not bind.
  await stage.page.evaluate(axe);
  const { violations } = await stage.page.evaluate(async () => {
    const { axe: engine } = window as unknown as {
      axe: { run(options: object): Promise<AxeResults> };
    };
    return engine.run({ resultTypes: ['violations'] });
  });
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map((node) => `${impact} ${id}: ${node.html} ${node.failureSummary}`),
  );
}

async function overflow(): Promise<number> {
  return stage.page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
}

/** Buttons, shares and lines that reach over the edge of what they stand in. */
async function cutOff(): Promise<string[]> {
  return stage.page.evaluate(() => {
    const parts = document.querySelectorAll<HTMLElement>(
      'vscode-button, .link-button, .share, .strip-item, .progress-line, .tile, .banner',
    );
    return [...parts].flatMap((part) => {
      const frame = part.parentElement?.getBoundingClientRect();
      const { right } = part.getBoundingClientRect();
      const over = right - Math.min(innerWidth, frame?.right ?? 0);
      const hidden = part.scrollWidth - part.clientWidth;
      return over > 0.5 || hidden > 1 ? [`${part.className} ${part.textContent}`] : [];
    });
  });
}

/** Two go on by themselves: no picture of them is like the next. */
const states = scenarios.filter((scenario) => !['live', 'dies', 'dies-early'].includes(scenario));

describe.each(themesOfView('light', 'hc-dark'))('with the theme %s', (theme) => {
  it.each(states)('nothing keeps anybody from using the page when it is %s', async (scenario) => {
    await picture(`${scenario}-${theme}-wide`, { scenario, theme });
    expect(await barriers()).toEqual([]);
    expect(await overflow()).toBe(0);
  });

  it('the configuration of the run in training is legible and reached by keyboard, not changed', async () => {
    await stage.open({ scenario: 'training', theme });
    const { page } = stage;
    await page.getByRole('button', { name: 'Show configuration' }).click();
    await page.getByText('All settings').click();
    await page.getByRole('textbox', { name: 'Adam β₂' }).waitFor();
    await takePicture(page, `configuration-locked-${theme}`);
    expect(await barriers()).toEqual([]);
    const controls = page.locator('#configuration .field:not(.text-choice)');
    const shown = (): Promise<string[]> =>
      controls.evaluateAll((fields) =>
        fields.map((one) => {
          const control = one.querySelector<HTMLInputElement>(
            '.field-control > *, vscode-checkbox',
          );
          return `${control?.value ?? ''} ${String(control?.checked)}`;
        }),
      );
    const before = await shown();
    const passed = new Set<string>();
    await page.getByRole('button', { name: 'Hide configuration' }).focus();
    for (let press = 0; press <= before.length + 1; press += 1) {
      await page.keyboard.press('Tab');
      const id = await page.evaluate(() => document.activeElement?.closest('.field [id]')?.id);
      if (id === undefined) continue;
      passed.add(id);
      for (const key of ['Space', 'ArrowDown', '7']) await page.keyboard.press(key);
    }
    expect(passed.size).toBe(before.length);
    for (const one of await page.locator('#configuration vscode-checkbox').all()) await one.click();
    expect(await shown()).toEqual(before);
  });

  it('a narrow panel has one column and no horizontal scroll', async () => {
    await picture(`training-${theme}-narrow`, { scenario: 'training', theme, width: 420, causes });
    expect(await overflow()).toBe(0);
    await stage.page.getByRole('button', { name: 'Show configuration' }).click();
    const edges = await stage.page.evaluate(() =>
      ['#configuration', '#metrics'].map(
        (id) => document.querySelector(id)?.getBoundingClientRect().left,
      ),
    );
    expect(edges[0]).toBe(edges[1]);
  });
});

it.each([900, 1180])(
  'the name of a run gives way before what is said of its progress at %i',
  async (width) => {
    await stage.open({ scenario: 'training', width });
    // The page has been drawn with all that it was told, and leaves the texts alone.
    await stage.page.getByRole('slider').waitFor();
    const parts = await stage.page.evaluate(() => {
      const name = document.querySelector('.run-name');
      if (name !== null) name.textContent = 'Tiny GPT (Steps 1,000,000, Width (d_model) 4, …)';
      const progress = document.querySelector('.progress-line');
      if (progress?.firstChild) {
        progress.firstChild.nodeValue =
          'Step 503,215 of 1,000,000 · 48 min 29 s left · 54.8k tokens/s';
      }
      return ['h1', '.progress-line'].map((part) => {
        const element = document.querySelector(part);
        return (element?.scrollWidth ?? 0) > (element?.clientWidth ?? 0) ? 'cut' : 'whole';
      });
    });
    await takePicture(stage.page, `long-name-${width}`);
    expect(parts).toEqual(['cut', 'whole']);
  },
);

/** A split editor can be as narrow as this, in CSS pixels. */
const narrowest = 220;

describe(`in a panel of ${narrowest}`, () => {
  it('what the empty prompt asks for can be read whole', async () => {
    await stage.open({ scenario: 'training', width: narrowest });
    const hidden = await stage.page.locator('textarea').evaluate((field: HTMLTextAreaElement) => {
      field.value = field.placeholder;
      return field.scrollHeight - field.clientHeight;
    });
    expect(hidden).toBeLessThanOrEqual(0);
  });

  it.each(states)('nothing is cut off when it is %s', async (scenario) => {
    await picture(`${scenario}-dark-narrowest`, {
      scenario,
      width: narrowest,
      height: 700,
      causes,
    });
    expect(await overflow()).toBe(0);
    expect(await cutOff()).toEqual([]);
  });

  it('the curve and the prompt have most of its width', async () => {
    await picture('training-dark-narrowest', { scenario: 'training', width: narrowest, causes });
    for (const part of ['.u-over', '.prompt vscode-text-area']) {
      const box = await stage.page.locator(part).boundingBox();
      expect(box?.width, part).toBeGreaterThan(narrowest / 2);
    }
  });

  it.each(themes)('all of it can be reached with the theme %s', async (theme) => {
    await picture(`paused-${theme}-narrowest`, { scenario: 'paused', theme, width: narrowest });
    for (const name of ['Show configuration', 'What do these numbers mean?', 'Why not WebGPU?']) {
      const opener = stage.page.getByRole('button', { name });
      if ((await opener.count()) > 0) await opener.click();
    }
    expect(await barriers()).toEqual([]);
    expect(await overflow()).toBe(0);
    expect(await cutOff()).toEqual([]);
  });
});

describe('the look for barriers', () => {
  it('finds one that is put in its way', async () => {
    await stage.open({ scenario: 'empty' });
    await stage.page.evaluate(() => document.querySelector('main')?.append(new Image(9, 9)));
    expect((await barriers()).join()).toContain('image-alt');
  });
});

describe('zoomed to 200 %', () => {
  // A window of 1280 × 900 has half as many CSS pixels then.
  it('nothing is cut off', async () => {
    await picture('training-dark-zoomed', { scenario: 'training', width: 640, height: 450 });
    expect(await overflow()).toBe(0);
  });
});

describe('why a better backend was not taken', () => {
  it.each(causes)('%s: message and what to do', async (cause) => {
    const { message, action } = rejected(cause);
    await stage.open({ scenario: 'training', causes: [cause] });
    await stage.page.getByRole('button', { name: /^(Why not WebGPU\?|Details)$/ }).click();
    const row = stage.page.getByRole('listitem').filter({ hasText: message });
    if (action === 'open-gpu-help') {
      await row.getByText('How to get WebGPU').click();
      await row.getByText('Update VS Code (or the browser it runs in)').waitFor();
      return;
    }
    await row.getByRole('button').click();
    const asked = async (): Promise<unknown[]> => [
      ...(await stage.asked('runCommand')),
      ...(await stage.asked('copyText')),
    ];
    const expected =
      action === 'copy-launch-flags'
        ? { text: linuxLaunchFlags }
        : { command: 'transformerPlayground.chooseBackend' };
    await expect.poll(asked).toEqual([expected]);
  });
});

describe('in a panel of 900 × 700', () => {
  it('the run, its curve, its newest sample and its numbers need no scrolling', async () => {
    await picture('training-dark-panel', { scenario: 'training', width: 900, height: 700 });
    const bottoms = await stage.page.evaluate(() =>
      ['.page-header', '#metrics', '.sample-newest .written', '.tiles', '.prompt'].map(
        (part) => document.querySelector(part)?.getBoundingClientRect().bottom ?? Infinity,
      ),
    );
    for (const bottom of bottoms) expect(bottom).toBeLessThanOrEqual(700);
    const header = await stage.page.locator('.page-header').boundingBox();
    expect(header?.height).toBeLessThan(50);
  });
});

describe('with everything open', () => {
  it('nothing keeps anybody from using the page', async () => {
    await stage.open({ scenario: 'paused', causes });
    for (const name of ['Why not WebGPU?', 'What do these numbers mean?', 'Show configuration']) {
      await stage.page.getByRole('button', { name }).click();
    }
    await stage.page.getByText('windows that start in the middle of a story').waitFor();
    await takePicture(stage.page, 'everything-open');
    expect(await barriers()).toEqual([]);
    expect(await overflow()).toBe(0);
  });
});

describe('in a side bar', () => {
  it('the icon of a banner stands beside its words, and what copies a sample beside its step', async () => {
    await stage.open({ scenario: 'failed', width: 220 });
    const icon = await boxOf(stage.page, '.banner > .codicon');
    const words = await boxOf(stage.page, '.banner-text');
    expect(icon.right).toBeLessThanOrEqual(words.left);
    expect(Math.abs(icon.top - words.top)).toBeLessThan(8);
    const copy = await boxOf(stage.page, '.sample-heading vscode-button');
    const step = await boxOf(stage.page, '.sample-heading h3');
    expect(copy.left).toBeGreaterThan(step.right);
    expect(Math.abs(copy.top - step.top)).toBeLessThan(8);
  });
});

describe('under forced colours', () => {
  it('curves, buttons and banners remain', async () => {
    await stage.page.emulateMedia({ forcedColors: 'active' });
    await picture('failed-forced-colours', { scenario: 'failed' });
    await stage.page.emulateMedia({ forcedColors: 'none' });
  });
});
