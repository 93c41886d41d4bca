/** @file A token of the generation view is opened where it looks. */
import { expect, it } from 'vitest';
import { useAttentionStage, type AttentionStage } from './harness/openAttention';

let stage: AttentionStage;

useAttentionStage((opened) => {
  stage = opened;
});

/** The generation view sends a text, with the second layer selected. */
const give = (text: string): Promise<void> =>
  stage.page.evaluate((given) => {
    window.attention.give(given, 'decoder.1.selfAttention.pattern');
  }, text);

const tokens = (count: number): Promise<void> =>
  stage.page.locator('#looked .panel-note', { hasText: `${count} tokens` }).waitFor();

const reading = (): Promise<string | null> =>
  stage.page.locator('.heatmap-reading').first().textContent();

it('its text is looked at once, and the user may go back to another', async () => {
  await stage.open();
  await give('sam has');
  await tokens(7);
  await stage.page.locator('#looked-source').click();
  await stage.page
    .locator('#looked-source')
    .getByRole('option', { name: 'The batch in training', exact: true })
    .click();
  await tokens(32);
  await stage.page.evaluate(() => {
    window.attention.advance(1);
  });
  await stage.page.locator('.attention-age', { hasText: 'Step 481' }).waitFor();
  await tokens(32);
  await give('sam');
  await tokens(3);
});

it('it is marked, in a text of any length, which says what has left the window', async () => {
  await stage.open();
  const titles = stage.page.locator('.large-head h3');
  await give('sam has');
  await expect.poll(() => titles.allInnerTexts()).toEqual(['Layer 1, head 0']);
  await expect.poll(reading).toContain('“s” (6) looks at “s” (0)');
  await give('sam has the ball. ann has the dog now.');
  await stage.page
    .getByText('32 tokens, without the first 6: they had left the model’s window by then')
    .waitFor();
  await expect.poll(reading).toContain('“.” (31) looks at “s” (0)');
});

it('it is marked also where another of the same text was marked last', async () => {
  await stage.open();
  await give('sam has');
  await expect.poll(reading).toContain('“s” (6) looks at');
  await stage.page.getByRole('button', { name: '“m” (2)' }).click();
  await expect.poll(reading).toContain('“m” (2) looks at');
  await give('sam has');
  await expect.poll(reading).toContain('“s” (6) looks at');
});
