/** @file Where the focus is for whoever uses the keyboard alone, when what had it vanishes. */
import { describe, expect, it } from 'vitest';
import { useStage, type Stage } from './harness/openPage';
import { partsOf } from './harness/parts';

let stage: Stage;

useStage((opened) => {
  stage = opened;
});

const { button, progress } = partsOf(() => stage);

/** Presses a button with the keyboard. */
async function press(name: string): Promise<void> {
  await button(name).first().focus();
  await stage.page.keyboard.press('Enter');
}

/** Name of what has the focus. */
const focused = (): Promise<string | undefined> =>
  stage.page.evaluate(() => {
    const element = document.activeElement;
    if (element === document.body) return 'nothing';
    return element?.getAttribute('aria-label') ?? element?.textContent;
  });

const focusBecomes = (name: string): Promise<void> => expect.poll(focused).toBe(name);

describe('the focus stays with the run', () => {
  it('from Train on the welcome by way of Pause, Resume and Stop to Train', async () => {
    await stage.open({ scenario: 'empty' });
    await press('Train Tiny GPT');
    await expect.poll(progress).toMatch(/^Step/);
    await focusBecomes('Pause');
    await stage.page.keyboard.press('Enter');
    await focusBecomes('Resume');
    await stage.page.keyboard.press('Enter');
    await focusBecomes('Pause');
    await stage.page.keyboard.press('Tab');
    await focusBecomes('Stop');
    await stage.page.keyboard.press('Enter');
    await focusBecomes('Train');
  });

  it('while it loads: Pause cannot be pressed yet, and says so', async () => {
    await stage.open({ scenario: 'loading' });
    await button('Pause').focus();
    await focusBecomes('Pause');
    expect(await button('Pause').isDisabled()).toBe(true);
    await stage.page.keyboard.press('Enter');
    await expect.poll(progress).toMatch(/^Counting bigrams/);
  });

  it('when Resume in a banner vanishes with it', async () => {
    await stage.open({ scenario: 'dies' });
    await press('Resume');
    await stage.page.evaluate(() => {
      window.harness.start();
    });
    await focusBecomes('Pause');
  });

  it('when a run that something else began takes away the field that is typed in', async () => {
    await stage.open({ scenario: 'empty' });
    await stage.page.getByRole('textbox', { name: 'Layers' }).focus();
    await stage.page.evaluate(() => {
      window.harness.start();
    });
    await focusBecomes('Pause');
  });
});

describe('the focus goes on', () => {
  it('from Show configuration to Hide configuration and back', async () => {
    await stage.open({ scenario: 'training' });
    await press('Show configuration');
    await focusBecomes('Hide configuration');
    await stage.page.keyboard.press('Enter');
    await focusBecomes('Show configuration');
  });

  it('from Change Something to the configuration that it opens', async () => {
    await stage.open({ scenario: 'finished' });
    await press('Change Something');
    await focusBecomes('Hide configuration');
    await stage.page.keyboard.press('Enter');
    await focusBecomes('Edit configuration');
  });

  it('from a notice that is dismissed to the next, and from the last to the run', async () => {
    await stage.open({ scenario: 'paused' });
    await stage.page.getByText('The first loss is').waitFor();
    await stage.page.evaluate(() => {
      window.harness.refuse();
    });
    await button('Save Checkpoint').click();
    await stage.page.getByText('The disk is full.').waitFor();
    await expect.poll(() => button('Dismiss').count()).toBe(2);
    await press('Dismiss');
    await focusBecomes('Dismiss');
    await stage.page.keyboard.press('Enter');
    await focusBecomes('Resume');
  });

  it('to no other button when Reset has nothing left to do', async () => {
    await stage.open({ scenario: 'empty' });
    await stage.page.getByRole('textbox', { name: 'Layers' }).fill('4');
    await press('Reset');
    await expect.poll(() => button('Reset').isDisabled()).toBe(true);
    await focusBecomes('Reset');
  });
});

describe('the focus goes the way that is seen', () => {
  /** Where each control begins that Tab reaches after those of the header, one after the other. */
  async function passed(): Promise<{ name: string; x: number; y: number }[]> {
    const places: { name: string; x: number; y: number }[] = [];
    await button('Train').first().focus();
    for (let press = 0; press < 40; press += 1) {
      await stage.page.keyboard.press('Tab');
      const place = await stage.page.evaluate(() => {
        const element = document.activeElement;
        if (!element?.closest('.page-body')) return undefined;
        const { x, y } = element.getBoundingClientRect();
        const name = element.getAttribute('aria-label') ?? element.textContent;
        return { name, x: x + scrollX, y: y + scrollY };
      });
      if (place !== undefined) places.push(place);
      else if (places.length > 0) break;
    }
    return places;
  }

  it.each([300, 700])('before the first run, from above to below at %i', async (width) => {
    await stage.open({ scenario: 'empty', width, height: 900 });
    const places = await passed();
    expect(places[0]?.name).toBe('Train Tiny GPT');
    expect(places.length).toBeGreaterThan(5);
    // Two in one row differ by the lines above them.
    const back = places.filter(({ y }, index) => y < (places[index - 1]?.y ?? 0) - 60);
    expect(back).toEqual([]);
  });

  it('before the first run, column by column where there are two', async () => {
    await stage.open({ scenario: 'empty', width: 1280 });
    const places = await passed();
    expect(places.at(-1)?.name).toBe('Train Tiny GPT');
    expect(places.at(-1)?.x).toBeGreaterThan(Math.max(...places.slice(0, -1).map(({ x }) => x)));
  });
});

describe('the focus is not taken', () => {
  it('from the prompt, when a run ends or begins', async () => {
    await stage.open({ scenario: 'live' });
    await stage.page.getByRole('textbox', { name: 'Prompt' }).focus();
    for (const phase of ['Stopped', 'Step']) {
      await stage.page.evaluate((ends) => {
        if (ends) window.harness.stop();
        else window.harness.start();
      }, phase === 'Stopped');
      await expect.poll(progress).toMatch(new RegExp(`^${phase}`, 'u'));
      expect(await focused()).toBe('Prompt');
    }
  });

  it('by whoever had it once and left it', async () => {
    await stage.open({ scenario: 'empty' });
    await button('Train Tiny GPT').focus();
    await stage.page.getByRole('heading', { name: 'Configuration' }).click();
    await stage.page.evaluate(() => {
      window.harness.start();
    });
    await expect.poll(progress).toMatch(/^Step/);
    expect(await focused()).toBe('nothing');
  });

  it('from an editor beside the page, until the page has it again', async () => {
    await stage.open({ scenario: 'empty' });
    await button('Train Tiny GPT').focus();
    await stage.page.evaluate(() => {
      document.hasFocus = () => false;
      window.harness.start();
    });
    await expect.poll(progress).toMatch(/^Step/);
    expect(await focused()).toBe('nothing');
    await stage.page.evaluate(() => {
      document.hasFocus = () => true;
      window.dispatchEvent(new Event('focus'));
    });
    await focusBecomes('Pause');
  });
});
