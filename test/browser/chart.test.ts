/** @file The loss chart as it is drawn and read: by eye, by pointer and by keyboard. */
import { describe, expect, it } from 'vitest';
import { useStage, type Stage } from './harness/openPage';
import { takePicture } from './harness/picture';

let stage: Stage;

useStage((opened) => {
  stage = opened;
});

/** Where the line of the cursor stands: 0 at the left of the plot, 1 at its right. */
const lineShare = (): Promise<number> =>
  stage.page.evaluate(() => {
    const line = document.querySelector('.u-cursor-x')?.getBoundingClientRect();
    const plot = document.querySelector('.u-over')?.getBoundingClientRect();
    if (line === undefined || plot === undefined) throw new Error('The chart has no cursor.');
    return (line.left - plot.left) / plot.width;
  });

describe('the loss chart', () => {
  it('is read by keyboard, point by point', async () => {
    await stage.open({ scenario: 'paused' });
    const chart = stage.page.getByRole('slider');
    await chart.focus();
    await stage.page.keyboard.press('Home');
    await expect
      .poll(() => chart.getAttribute('aria-valuetext'))
      .toMatch(/^Step 0: Training 3\.466/);
    await stage.page.keyboard.press('ArrowRight');
    await expect.poll(() => chart.getAttribute('aria-valuetext')).toMatch(/^Step 5:/);
    await stage.page.getByText('Step 5', { exact: true }).waitFor();
  });

  it('keeps the step chosen by keyboard while the run trains, in another theme too', async () => {
    await stage.open({ scenario: 'live' });
    const chart = stage.page.getByRole('slider');
    const text = (): Promise<string | null> => chart.getAttribute('aria-valuetext');
    const latest = (): Promise<number> => chart.getAttribute('aria-valuemax').then(Number);
    await expect.poll(latest).toBeGreaterThan(20);
    await chart.focus();
    for (const key of ['Home', 'ArrowRight', 'ArrowRight']) await stage.page.keyboard.press(key);
    await expect.poll(text).toMatch(/^Step 10:/);
    const chosen = await text();
    const drawn = await lineShare();
    const before = await latest();
    await expect.poll(latest).toBeGreaterThan(2 * before);
    expect(await text()).toBe(chosen);
    // The line moves to where the step has gone on the longer axis.
    expect(await lineShare()).toBeLessThan(0.7 * drawn);
    await takePicture(stage.page, 'chart-step-kept');
    await stage.page.evaluate(() => {
      document.body.className = 'vscode-light';
    });
    await expect.poll(lineShare).toBeCloseTo(10 / (await latest()), 1);
    expect(await text()).toBe(chosen);
    await stage.page.keyboard.press('ArrowLeft');
    await expect.poll(text).toMatch(/^Step 5:/);
    await stage.page.keyboard.press('ArrowLeft');
    await expect.poll(text).toMatch(/^Step 0:/);
  });

  it.each(['Escape', 'Tab'])('lets the step chosen by keyboard go with %s', async (key) => {
    await stage.open({ scenario: 'paused' });
    const chart = stage.page.getByRole('slider');
    const legend = stage.page.locator('.chart-legend-x');
    await chart.focus();
    await stage.page.keyboard.press('Home');
    await expect.poll(() => legend.textContent()).toBe('Step 0');
    await stage.page.keyboard.press(key);
    await expect.poll(() => legend.textContent()).toBe('Step 2,495');
    expect(await lineShare()).toBeLessThan(0);
  });

  it('says of which step the validation loss is, to eye and ear', async () => {
    // 16 points: the only evaluation was before the first step.
    await stage.open({ scenario: 'training', points: 16 });
    const legend = stage.page.locator('.chart-legend');
    await expect.poll(() => legend.textContent()).toMatch(/^Step 75.*Validation 3\.\d+ ?at step 0/);
    expect(await stage.page.getByRole('slider').getAttribute('aria-valuetext')).toMatch(
      /^Step 75: Training \d\.\d+, Validation 3\.\d+ at step 0$/,
    );
    const tiles = stage.page.locator('.tile');
    for (const name of ['Validation', 'Perplexity', 'Bits/char']) {
      expect(await tiles.filter({ hasText: name }).locator('dd').textContent()).toBe('–');
    }
    // Why there is none is said to whoever asks, not to the pointer alone.
    await stage.page.getByRole('button', { name: 'What do these numbers mean?' }).click();
    const meanings = stage.page.getByRole('region', { name: 'What the numbers mean' });
    await expect.poll(() => meanings.getByText('measured next at step 250').count()).toBe(3);
    await takePicture(stage.page, 'chart-not-evaluated');
  });

  it('shows the value under the pointer', async () => {
    await stage.open({ scenario: 'paused' });
    await stage.page.locator('.u-over').hover({ position: { x: 100, y: 80 } });
    const legend = stage.page.locator('.chart-legend-x');
    await expect.poll(() => legend.textContent()).not.toBe('Step 2,495');
  });

  it('names its axis of steps and marks whole ones, however few there are', async () => {
    await stage.open({ scenario: 'paused', points: 6 });
    await stage.page.getByRole('slider').waitFor();
    await stage.page.evaluate(() => {
      const drawn: string[] = [];
      Object.assign(window, { drawn });
      const context = document.querySelector('canvas')?.getContext('2d');
      const draw = context?.fillText.bind(context);
      if (!context || !draw) throw new Error('The chart has no canvas.');
      context.fillText = (text, ...where) => {
        drawn.push(text);
        draw(text, ...where);
      };
    });
    // So that it is drawn again.
    await stage.page.setViewportSize({ width: 1279, height: 900 });
    const drawn = (): Promise<string[]> =>
      stage.page.evaluate(() => (window as unknown as { drawn: string[] }).drawn);
    await expect.poll(drawn).toContain('Step');
    const marks = await drawn();
    expect(marks.slice(marks.indexOf('Step') + 1, marks.indexOf('Loss (nats per token)'))).toEqual([
      '0',
      '5',
      '10',
      '15',
      '20',
      '25',
    ]);
  });

  it('draws nothing while nobody looks, and catches up', async () => {
    await stage.open({ scenario: 'live' });
    await stage.page.getByRole('slider').waitFor();
    const shown = (): Promise<number> =>
      stage.page
        .locator('.chart-legend-x')
        .textContent()
        .then((text) => Number(text?.slice(5).replace(',', '')));
    await stage.page.evaluate(() => {
      window.harness.setVisible(false);
    });
    await stage.page.waitForTimeout(300);
    const before = await shown();
    await stage.page.waitForTimeout(700);
    expect(await shown()).toBe(before);
    await stage.page.evaluate(() => {
      window.harness.setVisible(true);
    });
    await expect.poll(shown).toBeGreaterThan(before);
  });

  it('stays smooth with 10,000 points', async () => {
    await stage.open({ scenario: 'paused', points: 10_000 });
    const slowest = await stage.page.evaluate(async () => {
      const slider = document.querySelector('[role=slider]');
      let worst = 0;
      for (let press = 0; press < 30; press += 1) {
        const began = performance.now();
        slider?.dispatchEvent(new KeyboardEvent('keydown', { key: 'PageDown', bubbles: true }));
        await new Promise(requestAnimationFrame);
        worst = Math.max(worst, performance.now() - began);
      }
      return worst;
    });
    console.log(`10,000 points: slowest frame ${slowest.toFixed(0)} ms`);
    expect(slowest).toBeLessThan(250);
  });

  it('takes over another theme at once', async () => {
    await stage.open({ scenario: 'paused', theme: 'dark' });
    const pixels = (): Promise<string> =>
      stage.page.evaluate(() => document.querySelector('canvas')?.toDataURL() ?? '');
    const before = await pixels();
    await stage.page.evaluate(() => {
      const sheet = document.querySelector<HTMLLinkElement>('link[href*="/themes/"]');
      if (sheet === null) throw new Error('The harness has no theme.');
      sheet.href = sheet.href.replace('dark', 'light');
      return new Promise<void>((resolve) => {
        sheet.onload = () => {
          document.body.className = 'vscode-light';
          resolve();
        };
      });
    });
    await expect.poll(pixels).not.toBe(before);
  });

  it('marks the step at which a head became what it is, in words too', async () => {
    await stage.open({ scenario: 'live' });
    const text = 'Step 20: layer 1, head 3 became an induction head';
    await stage.page.locator('.chart-marks li', { hasText: text }).waitFor();
    await takePicture(stage.page, 'chart-marked');
    expect(await stage.page.locator('.chart .visually-hidden p').textContent()).toContain(text);
  });

  it('has the marks of a run that is offered to be resumed, before it is loaded', async () => {
    await stage.open({ scenario: 'resumable' });
    const text = 'Step 1,250: layer 1, head 3 became an induction head';
    await stage.page.locator('.chart-marks li', { hasText: text }).waitFor();
    await takePicture(stage.page, 'chart-marked-resumable');
  });
});
