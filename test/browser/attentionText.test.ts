/** @file A text that cannot be looked at on the attention page: what is said, and what stays. */
import { describe, expect, it } from 'vitest';
import { boxOf } from './harness/edges';
import { useAttentionStage, type AttentionStage } from './harness/openAttention';

let stage: AttentionStage;

useAttentionStage((opened) => {
  stage = opened;
});

const tokens = (count: number): Promise<void> =>
  stage.page.locator('#looked .panel-note', { hasText: `${count} tokens` }).waitFor();

async function chooseIn(list: string, entry: string): Promise<void> {
  await stage.page.locator(`#${list}`).click();
  await stage.page.locator(`#${list}`).getByRole('option', { name: entry, exact: true }).click();
}

describe('a text', () => {
  it('that is none leaves no tokens and no pictures of another, and says what to do', async () => {
    await stage.open();
    await chooseIn('looked-source', 'A text of mine');
    await stage.page.getByText('Type a text above').waitFor();
    const ofAnother = stage.page.locator('.token, .heatmap-canvas, .head-cell');
    expect(await ofAnother.count()).toBe(0);
    const field = stage.page.locator('#looked-text textarea');
    await field.fill('the dog');
    await tokens(7);
    await stage.page.locator('.heatmap-canvas').first().waitFor();
    await field.fill('');
    await stage.page.getByText('Type a text above').waitFor();
    expect(await ofAnother.count()).toBe(0);
    // Nor does the next one begin with them.
    await field.fill('thé');
    await stage.page.locator('.field-error', { hasText: '“é” does not occur' }).waitFor();
    expect(await ofAnother.count()).toBe(0);
  });

  it('that cannot be read leaves the last one, by its name', async () => {
    await stage.open();
    await chooseIn('looked-source', 'A text of mine');
    const field = stage.page.locator('#looked-text textarea');
    await field.fill('the dog');
    await tokens(7);
    await field.fill('the dögé');
    await stage.page.locator('.field-error', { hasText: 'does not occur' }).waitFor();
    const note = stage.page.locator('#looked .panel-note');
    expect(await note.innerText()).toMatch(
      /^Tokens and pictures still of “the dog”: 7 tokens · loss/,
    );
    await field.fill('the cat');
    await expect.poll(() => note.innerText()).toMatch(/^7 tokens/);
    expect(await stage.page.locator('.token').allInnerTexts()).toContain('c');
  });

  it('of a window that the batch does not have says so at its field until it is right', async () => {
    await stage.open();
    const field = stage.page.locator('#looked-row input');
    const error = stage.page.locator('.looked-row .field-error');
    const wrong = {
      '5': 'There is no window 5: the batch has 2 windows, from 0 to 1. Window 0 is still shown.',
      '1.5': 'There is no window 1.5: the batch has 2 windows',
      '': 'No window is named: the batch has 2 windows',
      '5000': 'There is no window 5000: the batch has 2 windows',
    };
    await expect.poll(async () => (await stage.asked('describe')).length).toBe(1);
    await stage.page.locator('#what-if-part').waitFor();
    for (const [text, message] of Object.entries(wrong)) {
      await field.fill(text);
      await expect.poll(() => error.innerText()).toContain(message);
    }
    await field.fill('1');
    await expect.poll(() => error.count()).toBe(0);
    await expect
      .poll(async () => (await stage.asked('attention')).at(-1))
      .toMatchObject({ of: { from: 'batch', row: 1 } });
    expect(await stage.page.locator('.banner').count()).toBe(0);
  });
});

it('has what it looks at and the window of the batch on one line', async () => {
  await stage.open({ width: 1280 });
  const [source, row, button] = await Promise.all(
    ['#looked-source', '#looked-row', '.looked-row > vscode-button'].map((part) =>
      boxOf(stage.page, part),
    ),
  );
  expect(row?.top).toBeCloseTo(source?.top ?? NaN, 0);
  expect(Math.abs((button?.top ?? NaN) - (row?.top ?? NaN))).toBeLessThan(4);
});

it('writes large counts alike wherever they stand', async () => {
  await stage.open({ context: 1600, layers: 1, heads: 1 });
  await stage.page.getByText(/^1,600 tokens/).waitFor();
  await stage.page.getByText('… 1,088 more').waitFor();
  await stage.page.locator('.heatmap-frame').first().focus();
  await stage.page.keyboard.press('ArrowDown');
  await stage.page.locator('.row-bars-note', { hasText: '1,600 tokens can be' }).waitFor();
  await stage.page.locator('.row-bars-note', { hasText: /1,\d\d\d more share/ }).waitFor();
});
