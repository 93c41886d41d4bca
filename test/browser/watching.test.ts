/**
 * @file A page whose window has had a run of its own watches another window's: it shows that run
 * throughout, and its own again when the watching ends.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { useStage, type Stage } from './harness/openPage';
import { partsOf } from './harness/parts';
import { takePicture } from './harness/picture';

let stage: Stage;

useStage((opened) => {
  stage = opened;
});

const { button, progress } = partsOf(() => stage);
const heading = (): Promise<string | null> => stage.page.locator('.run-name').textContent();
const said = (text: string | RegExp): Promise<number> => stage.page.getByText(text).count();

const harness = (what: 'watch' | 'unwatch' | 'start'): Promise<void> =>
  stage.page.evaluate((call) => {
    window.harness[call]();
  }, what);

const elsewhere = 'In another window: step 500 of 8,000, as of its last snapshot';

/** A run with a notice that has written a text was stopped; then another window's is watched. */
beforeEach(async () => {
  await stage.open({ scenario: 'paused' });
  await button('Generate').click();
  await stage.page.getByText('24 tokens, 412 tokens/s').waitFor();
  await button('Stop').click();
  await expect.poll(progress).toMatch(/^Stopped at step 2,495/);
  await harness('watch');
  await expect.poll(progress).toBe(elsewhere);
});

describe('a run of another window, after one of this', () => {
  it('has the page to itself: nothing of the own run stands there', async () => {
    expect(await heading()).toBe('Run of another window');
    await takePicture(stage.page, 'watching-after-own-run');
    expect(await said(/Stopped at step|The first loss is|24 tokens, 412/)).toBe(0);
    await stage.page.getByRole('heading', { name: 'Step 100', exact: true }).waitFor();
    expect(await stage.page.getByRole('heading', { name: 'Step 400' }).count()).toBe(0);
  });

  it('cannot be written with, and the prompt says why', async () => {
    await expect.poll(() => button('Generate').isDisabled()).toBe(true);
    await stage.page.getByTitle('The model is in another window: write with it there').waitFor();
  });

  it('gives the page back with all that there was', async () => {
    await harness('unwatch');
    await expect.poll(progress).toMatch(/^Stopped at step 2,495/);
    expect(await heading()).toBe('Tiny GPT');
    await button('Resume').waitFor();
    expect(await said('The first loss is')).toBe(1);
    expect(await said('24 tokens, 412 tokens/s')).toBe(1);
    await expect.poll(() => button('Generate').isEnabled()).toBe(true);
    await stage.page.getByRole('heading', { name: 'Step 400' }).waitFor();
  });

  it('makes way for a run that is begun here', async () => {
    await harness('start');
    await expect.poll(progress).toMatch(/^Step \d+ of 3,000/);
    expect(await heading()).toBe('Tiny GPT');
  });
});
