/**
 * @file What the page says and offers when its engine dies, falls silent or cannot start: only what
 * is there.
 */
import { describe, expect, it } from 'vitest';
import { useStage, type Stage } from './harness/openPage';
import { partsOf } from './harness/parts';
import { takePicture } from './harness/picture';

let stage: Stage;

useStage((opened) => {
  stage = opened;
});

const { button, field, progress } = partsOf(() => stage);
const picture = (name: string): Promise<void> => takePicture(stage.page, name);

describe('a run', () => {
  it('whose engine dies says so with a remedy, offers Resume, and tells the host', async () => {
    await stage.open({ scenario: 'dies' });
    const alert = stage.page.getByRole('alert');
    expect(await alert.textContent()).toContain('out of memory');
    await alert.getByText('Resume continues from the last snapshot').waitFor();
    await stage.page.locator('.chart-canvas canvas').waitFor();
    await picture('engine-died');
    await alert.getByRole('button', { name: 'Resume' }).click();
    await expect.poll(() => stage.asked('resumeRun')).toEqual([{ runId: 'run-dies' }]);
  });

  it('whose engine falls silent is ended by Stop with a remedy, and the host is told', async () => {
    await stage.open({ scenario: 'training' });
    await field('Prompt').fill('fall silent');
    await button('Generate').click();
    await expect.poll(() => stage.page.workers()).toEqual([]);
    await button('Stop').click();
    const banner = stage.page.locator('.page-messages').getByRole('alert');
    await banner.getByText('it has not heard Stop for 10 s').waitFor();
    await banner.getByText('Resume continues from the last snapshot').waitFor();
    await banner.getByRole('button', { name: 'Resume' }).waitFor();
    expect(await progress()).toBe('Failed at step 2,495.');
    await picture('silent');
  });

  it('whose engine dies before anything was saved promises no Resume, but says what to do', async () => {
    await stage.open({ scenario: 'dies-early' });
    const alert = stage.page.getByRole('alert');
    await alert.getByText('Nothing of the run was saved that could be resumed: train').waitFor();
    await stage.page.locator('.chart-canvas canvas').waitFor();
    await picture('engine-died-early');
    expect(await alert.textContent()).not.toContain('Resume');
    expect(await button('Resume').count()).toBe(0);
    await stage.page.getByTitle('Train a model first').waitFor();
  });

  it.each([
    ['stopped', 'paused', 'Resume', 'run-paused'],
    ['finished', 'finished', 'Load', 'run-finished'],
  ])('that was %s when its engine dies is brought back', async (_, scenario, label, runId) => {
    await stage.open({ scenario });
    if (scenario === 'paused') await button('Stop').click();
    await button('Write with It').waitFor();
    await field('Prompt').fill('run out of memory');
    await button('Generate').click();
    const banner = stage.page.locator('.page-messages').getByRole('alert');
    await banner.getByText(`${label} “Tiny GPT” to `).waitFor();
    await picture(`engine-died-${scenario}`);
    await stage.page.getByTitle(new RegExp(`^${label} the `, 'u')).waitFor();
    expect(await progress()).toBe('The engine is not available.');
    await stage.page.getByText('resume or load a run: that starts it anew').waitFor();
    await banner.getByRole('button', { name: label }).click();
    await expect.poll(() => stage.asked('resumeRun')).toEqual([{ runId }]);
  });

  it('whose engine cannot start says why, and the next attempt starts another', async () => {
    await stage.page.route('**/dist/engine.js', (route) => route.fulfill({ status: 404 }));
    await stage.open({ scenario: 'empty', sign: 'The engine is not available' });
    const alert = stage.page.getByRole('alert');
    expect(await alert.textContent()).toContain('engine.js could not be read (404)');
    await stage.page.unroute('**/dist/engine.js');
    await button('Train').click();
    await expect.poll(progress).toMatch(/^Step \d+ of/);
  });
});
