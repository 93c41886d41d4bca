/** @file What the page keeps of a run whose graphics device is lost once training has ended. */
import { describe, expect, it } from 'vitest';
import { useStage, type Stage } from './harness/openPage';
import { partsOf } from './harness/parts';

let stage: Stage;

useStage((opened) => {
  stage = opened;
});

const { button } = partsOf(() => stage);

describe('a run that ended, whose device is lost afterwards', () => {
  it('keeps what it came to, and is loaded again to write with it', async () => {
    await stage.open({ scenario: 'finished' });
    await button('Write with It').waitFor();
    expect(await button('Load').count()).toBe(0);
    await stage.page.getByRole('textbox', { name: 'Prompt', exact: true }).fill('lose the device');
    await button('Generate').click();
    await button('Load').waitFor();
    await stage.page.getByText('Finished: 3,000 steps').waitFor();
    await stage.page.getByTitle('Load the model to write with it').waitFor();
    expect(await button('Write with It').count()).toBe(0);
    await button('Load').click();
    await expect.poll(() => stage.asked('resumeRun')).toEqual([{ runId: 'run-finished' }]);
  });
});
