/**
 * @file What the keyboard is on in the attention view stays, or something near it follows; what was
 * closed can be opened again from elsewhere.
 */
import { expect, it } from 'vitest';
import { useAttentionStage, type AttentionStage } from './harness/openAttention';

let stage: AttentionStage;

useAttentionStage((opened) => {
  stage = opened;
});

/** Where the focus is: the id of the part of the page, and the name of the control. */
async function focused(): Promise<string> {
  return stage.page.evaluate(() => {
    const control = document.activeElement;
    const part = control?.closest('section')?.id ?? '';
    return `${part}: ${control?.getAttribute('aria-label') ?? control?.textContent ?? ''}`;
  });
}

async function press(name: string | RegExp): Promise<void> {
  await stage.page.getByRole('button', { name }).last().focus();
  await stage.page.keyboard.press('Enter');
}

it('the focus does not fall to the top of the page when what had it vanishes', async () => {
  await stage.open();
  await press('Make the Change');
  await stage.page.locator('.next-tokens').waitFor();
  await press('Ask again');
  expect(await focused()).toBe('what-if: Ask again');
  await press(/^Remove: /);
  await expect.poll(focused).toBe('what-if: Changes in force');
  await stage.page.getByRole('gridcell', { name: /^Layer 1, Head 2/ }).focus();
  await stage.page.keyboard.press('Enter');
  await stage.page.locator('.large-head').nth(1).waitFor();
  await press('Close');
  await expect.poll(focused).toBe('large: Drawn as');
});

it('the focus goes to the text when a message is dismissed', async () => {
  await stage.open({ scenario: 'training' });
  await stage.page.evaluate(() => {
    window.attention.fail();
  });
  await press('Newest Batch');
  await press('Dismiss');
  await expect.poll(focused).toBe('looked: Looks at');
});

it('a head that was closed opens when it is selected again elsewhere', async () => {
  await stage.open();
  const open = (): Promise<string[]> => stage.page.locator('.large-head h3').allTextContents();
  await expect.poll(open).toEqual(['Layer 0, head 0']);
  await stage.page.getByRole('gridcell', { name: /^Layer 1, Head 2/ }).click();
  await expect.poll(open).toEqual(['Layer 0, head 0', 'Layer 1, head 2']);
  await press('Close');
  await expect.poll(open).toEqual(['Layer 0, head 0']);
  expect((await stage.asked('select')).at(-1)).toEqual({
    path: 'decoder.0.selfAttention.pattern',
    head: 0,
  });
  await stage.page.evaluate(() => {
    window.attention.select({ path: 'decoder.1.selfAttention.pattern', head: 2 });
  });
  await expect.poll(open).toEqual(['Layer 1, head 2']);
});

it('the name of a saved picture tells its step, without a break in the number', async () => {
  await stage.open({ scenario: 'training' });
  await stage.page.evaluate(() => {
    window.attention.advance(1000);
  });
  await stage.page.getByText('Step 1,480', { exact: true }).waitFor();
  await stage.page.getByRole('button', { name: 'CSV', exact: true }).first().click();
  await expect
    .poll(() => stage.page.evaluate(() => window.attention.saved()?.name))
    .toBe('attention-layer-0-head-0-step-1480.csv');
});
