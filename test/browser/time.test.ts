/** @file A run through time on the attention page, as its users go back and forth in it. */
import { describe, expect, it } from 'vitest';
import { barriersOn } from './harness/barriers';
import { useAttentionStage, type AttentionStage } from './harness/openAttention';
import { boxOf } from './harness/edges';
import { takePicture } from './harness/picture';
import { themesOfView } from './harness/site';

let stage: AttentionStage;

useAttentionStage((opened) => {
  stage = opened;
});

const panel = () => stage.page.locator('#time');
const slider = () => panel().getByRole('slider', { name: 'Moment of the run' });
const shown = (): Promise<string> => panel().locator('.moment h3').innerText();
const steps = async (): Promise<number[]> =>
  (await stage.asked('moment')).map((params) => (params as { step: number }).step);

describe('the moments of a run', () => {
  it('are gone through by keyboard: attention, sample, predictions and loss move together', async () => {
    await stage.open();
    await slider().focus();
    await stage.page.keyboard.press('Home');
    await expect.poll(shown).toBe('Step 0');
    expect(await slider().getAttribute('aria-valuetext')).toBe('Step 0: validation 3.100');
    expect(await panel().locator('.moment-sample').innerText()).toBe('tt the e hhh');
    const first = await panel().locator('.moment-guesses').innerText();
    const pixels = (): Promise<string> =>
      panel()
        .locator('.heatmap-canvas')
        .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    const before = await pixels();
    for (let moment = 0; moment < 3; moment += 1) await stage.page.keyboard.press('ArrowRight');
    await expect.poll(shown).toBe('Step 360');
    expect(await panel().locator('.moment-sample').innerText()).toBe('the dog has the ball');
    expect(await panel().locator('.moment-guesses').innerText()).not.toBe(first);
    expect(await pixels()).not.toBe(before);
  });

  it('that were seen are not asked for again, and none before the user goes to one', async () => {
    await stage.open();
    await slider().waitFor();
    expect(await steps()).toEqual([]);
    await slider().focus();
    await expect.poll(shown).toBe('Step 480');
    for (const [key, step] of [
      ['Home', 'Step 0'],
      ['ArrowRight', 'Step 120'],
      ['ArrowLeft', 'Step 0'],
      ['ArrowRight', 'Step 120'],
    ] as const) {
      await stage.page.keyboard.press(key);
      await expect.poll(shown).toBe(step);
    }
    expect(await steps()).toEqual([480, 0, 120]);
  });

  it('play from the first one to the last, and stop there', async () => {
    await stage.open();
    await panel().getByRole('button', { name: 'Play', exact: true }).click();
    await panel().getByRole('button', { name: 'Pause', exact: true }).waitFor();
    await expect.poll(shown).toBe('Step 480');
    await panel().getByRole('button', { name: 'Play', exact: true }).waitFor();
    expect(await steps()).toEqual([0, 120, 240, 360, 480]);
  });

  it('play slowly for those who want no motion, and pause at once', async () => {
    await stage.page.emulateMedia({ reducedMotion: 'reduce' });
    await stage.open();
    await panel().getByRole('button', { name: 'Play', exact: true }).click();
    await expect.poll(shown).toBe('Step 0');
    await stage.page.waitForTimeout(700);
    expect(await shown()).toBe('Step 0');
    await panel().getByRole('button', { name: 'Pause', exact: true }).click();
    await stage.page.waitForTimeout(1200);
    expect(await shown()).toBe('Step 0');
    await stage.page.emulateMedia({ reducedMotion: null });
  });

  it('grow while the model trains', async () => {
    await stage.open({ scenario: 'training' });
    await slider().waitFor();
    await stage.page.evaluate(() => {
      window.attention.advance(120);
      window.attention.evaluate();
    });
    await expect.poll(() => slider().getAttribute('max')).toBe('5');
    await slider().focus();
    await expect.poll(shown).toBe('Step 600');
  });

  it('are marked on the curve where a head became what it is', async () => {
    await stage.open();
    expect(await panel().locator('.chart-marks li').allInnerTexts()).toEqual([
      'Step 240: layer 0, head 0 became a previous-token head',
      'Step 360: layer 0, head 2 became an induction head; layer 1, head 0 became an induction head',
    ]);
  });

  it('show any head large, saved with its step in its name', async () => {
    await stage.open();
    await slider().focus();
    await stage.page.keyboard.press('ArrowLeft');
    await panel()
      .getByRole('button', { name: /^Layer 1, head 2/ })
      .click();
    await panel().locator('figcaption', { hasText: 'Layer 1, head 2, step 360' }).waitFor();
    await panel().getByRole('button', { name: 'PNG', exact: true }).click();
    await expect
      .poll(() => stage.page.evaluate(() => window.attention.saved()?.name))
      .toBe('attention-layer-1-head-2-step-360.png');
  });
});

describe.each(themesOfView('light'))('with the theme %s', (theme) => {
  it.each([1280, 320])('a moment can be read at %i', async (width) => {
    await stage.open({ theme, width });
    await slider().focus();
    await stage.page.keyboard.press('ArrowLeft');
    await expect.poll(shown).toBe('Step 360');
    await takePicture(stage.page, `time-${theme}-${width}`);
    const [range, ends, text] = await Promise.all(
      ['.scrubber-range', '.scrubber-ends', '.scrubber-text'].map((part) =>
        boxOf(stage.page, part),
      ),
    );
    // What the slider goes from and to stands at its ends, and what it shows below.
    expect((ends?.top ?? Infinity) - (range?.bottom ?? 0)).toBeLessThan(10);
    expect(text?.top).toBeGreaterThanOrEqual(ends?.bottom ?? Infinity);
    expect(await barriersOn(stage.page)).toEqual([]);
    const overflow = await stage.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
  });
});
