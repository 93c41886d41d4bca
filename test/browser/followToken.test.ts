/** @file One token followed through a head, from its query to what it writes. */
import { describe, expect, it } from 'vitest';
import { useAttentionStage, type AttentionStage } from './harness/openAttention';

let stage: AttentionStage;

useAttentionStage((opened) => {
  stage = opened;
});

const keys = async (...names: string[]): Promise<void> => {
  for (const name of names) await stage.page.keyboard.press(name);
};

const map = () => stage.page.locator('.heatmap-frame').first();

describe('one token', () => {
  it('is followed from its query to what it writes, by keyboard, with the same numbers', async () => {
    await stage.open();
    await map().focus();
    await keys('ArrowUp', 'ArrowUp');
    await stage.page
      .getByRole('button', { name: /^Follow “␣” \(30\) Through Layer 0/ })
      .press('Enter');
    await stage.page.getByText('1 of 8: Query').waitFor();
    await stage.page.getByRole('button', { name: '1 Query' }).focus();
    const seen: string[] = [];
    for (let step = 0; step < 8; step += 1) {
      seen.push((await stage.page.locator('.follow-step h3').textContent()) ?? '');
      await keys('ArrowRight');
    }
    expect(seen.map((title) => title.split(': ')[1])).toEqual([
      'Query',
      'Keys',
      'Products',
      'Scale',
      'Mask',
      'Softmax',
      'Values',
      'Output',
    ]);
    // Enter stays where the arrows led.
    await keys('Enter');
    expect(await stage.page.locator('.follow-step h3').textContent()).toContain('Output');
    await stage.page.getByRole('button', { name: '5 Mask' }).click();
    const masked = stage.page.locator('.follow-table tr', { hasText: '“n” (31)' });
    expect(await masked.innerText()).toContain('−∞');
    await stage.page.getByRole('button', { name: '4 Scale' }).click();
    const [product, score] = (
      await stage.page.locator('.follow-table tbody tr').first().locator('td').allInnerTexts()
    ).map((text) => Number(text.replace('−', '-')));
    // dHead is 8.
    expect((product ?? 0) / Math.sqrt(8)).toBeCloseTo(score ?? 0, 1);
  });

  it('is not followed where another text is looked at before the steps come', async () => {
    await stage.open();
    await map().focus();
    await keys('ArrowUp');
    const release = await stage.page.evaluateHandle(() => window.attention.holdFollow());
    await stage.page.getByRole('button', { name: /^Follow / }).press('Enter');
    await expect.poll(() => stage.asked('follow')).toHaveLength(1);
    await stage.page.evaluate(() => {
      window.attention.give('sam has');
    });
    await stage.page.locator('#looked .panel-note', { hasText: '7 tokens' }).waitFor();
    await release.evaluate((answer) => {
      answer();
    });
    // What is done now comes after that answer.
    await stage.page.getByRole('button', { name: '“m” (2)' }).click();
    await expect.poll(() => stage.asked('select')).not.toHaveLength(0);
    expect(await stage.page.locator('.follow-step').count()).toBe(0);
  });

  it('cannot be followed through a mean of heads, which says why', async () => {
    await stage.open();
    await stage.page.getByRole('gridcell', { name: /^Layer 0, Mean/ }).click();
    const follow = stage.page.locator('vscode-button', { hasText: /^Follow .* mean of the heads/ });
    await follow.waitFor();
    expect(await follow.getAttribute('aria-disabled')).toBe('true');
  });
});
