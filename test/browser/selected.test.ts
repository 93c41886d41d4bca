/** @file The playground's page shows what is selected, here or in another view. */
import { afterEach, describe, expect, it } from 'vitest';
import { barriersOn } from './harness/barriers';
import { useStage, type OpenOptions, type Stage } from './harness/openPage';
import { partsOf } from './harness/parts';
import { takePicture } from './harness/picture';
import type { SelectedExample } from './harness/selectedViews';
import { themes } from './harness/site';

let stage: Stage;
const { button } = partsOf(() => stage);

useStage((opened) => {
  stage = opened;
});

afterEach(async () => {
  await stage.page.emulateMedia({ forcedColors: 'none' });
  expect(stage.errors()).toEqual([]);
});

const panel = () => stage.page.locator('#selected');

async function select(example: SelectedExample, options: OpenOptions): Promise<void> {
  await stage.open(options);
  await selectNow(example);
}

async function selectNow(example: SelectedExample): Promise<void> {
  await stage.page.evaluate((name) => {
    window.harness.select(name);
  }, example);
  await panel().waitFor();
}

const overflow = (): Promise<number> =>
  stage.page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );

/** Focus as a reader would name it. */
const focused = (): Promise<string> =>
  stage.page.evaluate(() => {
    const at = document.activeElement;
    return at?.getAttribute('aria-label') ?? at?.textContent ?? '';
  });

describe.each(themes)('with the theme %s', (theme) => {
  it.each([1280, 220])('what is selected is read by anybody at a width of %i', async (width) => {
    await select('pattern', { scenario: 'paused', theme, width });
    await panel().getByText('batch 4 × head 4 × query 64 × key 64').click();
    await panel().getByText('which token is looked at').waitFor();
    expect(await barriersOn(stage.page)).toEqual([]);
    expect(await overflow()).toBe(0);
    await takePicture(stage.page, `selected-${theme}-${width}`);
    await selectNow('broken');
    await panel().getByText('65,536 NaN or ∞').waitFor();
    expect(await barriersOn(stage.page)).toEqual([]);
    expect(await overflow()).toBe(0);
    await takePicture(stage.page, `selected-broken-${theme}-${width}`);
  });
});

it('the histogram is seen in forced colours', async () => {
  await stage.page.emulateMedia({ forcedColors: 'active' });
  await select('pattern', { scenario: 'paused' });
  const [fill, ground] = await panel()
    .locator('rect')
    .first()
    .evaluate((bar) => [
      getComputedStyle(bar).fill,
      getComputedStyle(document.body).backgroundColor,
    ]);
  expect(fill).not.toBe(ground);
  await takePicture(stage.page, 'selected-forced-colours');
});

describe('what is selected', () => {
  it('is nothing at first, and its coming leaves curve and samples where they are', async () => {
    await stage.open({ scenario: 'paused' });
    await stage.page.locator('.chart-canvas canvas').waitFor();
    expect(await panel().count()).toBe(0);
    const places = () =>
      stage.page.evaluate(() =>
        ['#metrics', '#samples'].map((id) =>
          JSON.stringify(document.querySelector(id)?.getBoundingClientRect()),
        ),
      );
    const before = await places();
    await selectNow('pattern');
    expect(await places()).toEqual(before);
    await stage.page.evaluate(() => {
      window.harness.select(null);
    });
    await expect.poll(() => panel().count()).toBe(0);
  });

  it('has its name, place, numbers with their age, and its histogram in words', async () => {
    await select('pattern', { scenario: 'training' });
    const text = await panel().innerText();
    for (const part of [
      'Selected: Attention pattern',
      'Layer 1, head 2, token 5 · decoder.1.selfAttention.pattern',
      'The scores of each query turned into shares that sum to one.',
      'Of all heads and tokens together:',
      'step 2,480, 3 s ago',
      'step 2,460, 10 s ago',
    ]) {
      expect(text).toContain(part);
    }
    expect(await panel().getByRole('region', { name: 'Value' }).innerText()).toMatch(
      /Mean μ\s+0\.02[\s\S]+Deviation σ\s+0\.05[\s\S]+Min\s+0\.00[\s\S]+Max\s+0\.96/,
    );
    const bars = panel().getByRole('img').first();
    expect(await bars.getAttribute('aria-label')).toBe(
      'Numbers from 0.00 to 0.96 in 24 columns. The fullest, from 0.00 to 0.04, holds 46%. The middle half lies from 0.00 to 0.12.',
    );
  });

  it('says before a run, and of a place that the model does not have, why it has no numbers', async () => {
    await select('noRun', { scenario: 'empty' });
    await panel().getByText('No values yet: train a model').waitFor();
    await panel().getByText('batch × head 4 × query × key').waitFor();
    await takePicture(stage.page, 'selected-before-a-run');
    await selectNow('elsewhere');
    await panel().getByText('This model has no such place.').waitFor();
    expect(await button('Attention Heatmap').count()).toBe(0);
  });

  it('of one number is that number', async () => {
    await select('loss', { scenario: 'paused' });
    await panel().getByText('One number for the whole batch').waitFor();
    expect(await panel().getByRole('region', { name: 'Value' }).innerText()).toContain('1.31');
    expect(await panel().getByRole('img').count()).toBe(0);
  });

  it('leads on by keyboard to its line, its picture and its explanation', async () => {
    await select('pattern', { scenario: 'paused' });
    await button('Go to Source').focus();
    for (const name of ['Go to Source', 'Attention Heatmap', 'What Is This?']) {
      expect(await focused()).toBe(name);
      await stage.page.keyboard.press('Enter');
      await stage.page.keyboard.press('Tab');
    }
    await expect
      .poll(() => stage.asked('runCommand'))
      .toEqual(
        ['goToSource', 'showAttention', 'explain'].map((name) => ({
          command: `transformerPlayground.${name}`,
        })),
      );
  });

  it.each(['Escape', 'the button'])('is cleared with %s, and the focus goes on', async (how) => {
    await select('pattern', { scenario: 'paused' });
    if (how === 'Escape') {
      await button('What Is This?').focus();
      await stage.page.keyboard.press('Escape');
    } else {
      await button('Clear Selection').focus();
      await stage.page.keyboard.press('Enter');
    }
    await expect.poll(() => panel().count()).toBe(0);
    expect(await stage.asked('select')).toEqual([{}]);
    await expect.poll(focused).toBe('What do these numbers mean?');
  });

  it('comes into sight with the focus on its heading when the user wants to see it', async () => {
    await stage.open({ scenario: 'paused', width: 420, height: 420 });
    await stage.page.evaluate(() => {
      // Either may come first.
      window.harness.showSelected();
      window.harness.select('pattern');
    });
    await expect.poll(focused).toBe('Selected: Attention pattern');
    await expect
      .poll(() => panel().evaluate((part) => part.getBoundingClientRect().top))
      .toBeLessThan(420);
  });

  it('moves neither page nor focus when another view has selected it', async () => {
    await stage.open({ scenario: 'paused', width: 420, height: 420 });
    await button('Resume').focus();
    await selectNow('pattern');
    expect(await stage.page.evaluate(() => scrollY)).toBe(0);
    expect(await focused()).toBe('Resume');
  });

  it('is chosen by a word of the glossary, and clearing it leads back to the word', async () => {
    await stage.open({ scenario: 'paused' });
    await button('What do these numbers mean?').click();
    await takePicture(stage.page, 'selected-glossary');
    await button('surprised').focus();
    await stage.page.keyboard.press('Enter');
    await panel().getByText('Selected: Surprise').waitFor();
    expect(await stage.asked('select')).toEqual([{ selection: { path: 'surprise' } }]);
    expect(await focused()).toBe('surprised');
    await button('Clear Selection').focus();
    await stage.page.keyboard.press('Enter');
    await expect.poll(focused).toBe('surprised');
  });
});
