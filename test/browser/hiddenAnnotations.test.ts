/** @file The page where VS Code keeps the source's shapes and numbers from being shown. */
import { describe, expect, it } from 'vitest';
import { useStage, type Stage } from './harness/openPage';
import { partsOf } from './harness/parts';
import { takePicture } from './harness/picture';

let stage: Stage;

useStage((opened) => {
  stage = opened;
});

const { button } = partsOf(() => stage);
const message = 'Code lenses are switched off';

async function hide(hidden: boolean): Promise<void> {
  await stage.page.evaluate((now) => {
    window.harness.hideAnnotations(now);
  }, hidden);
}

describe('code lenses that are switched off', () => {
  it('are told of, can be turned on, and then are not told of', async () => {
    await stage.open({ scenario: 'training' });
    await hide(true);
    await stage.page.getByText(message).waitFor();
    await takePicture(stage.page, 'code-lenses-off');
    await button('Turn On Code Lenses').click();
    await expect
      .poll(() => stage.asked('runCommand'))
      .toEqual([{ command: 'transformerPlayground.turnOnAnnotations' }]);
    await hide(false);
    await stage.page.getByText(message).waitFor({ state: 'detached' });
  });

  it('are told of once, and not again when the reader has dismissed it', async () => {
    await stage.open({ scenario: 'empty' });
    await hide(true);
    await stage.page.getByText(message).waitFor();
    await button('Dismiss').press('Enter');
    await stage.page.getByText(message).waitFor({ state: 'detached' });
    await hide(true);
    expect(await stage.page.getByText(message).count()).toBe(0);
  });
});
