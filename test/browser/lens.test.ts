/** @file The logit lens on the attention page, as its users read it. */
import { describe, expect, it } from 'vitest';
import { barriersOn } from './harness/barriers';
import { useAttentionStage, type AttentionStage } from './harness/openAttention';
import { takePicture } from './harness/picture';
import { themesOfView } from './harness/site';

let stage: AttentionStage;

useAttentionStage((opened) => {
  stage = opened;
});

const panel = () => stage.page.locator('#lens');

const look = async (): Promise<void> => {
  await panel().getByRole('button', { name: 'Look', exact: true }).click();
  await panel().getByRole('grid').waitFor();
};

const detail = (): Promise<string> => panel().locator('.lens-detail').innerText();

describe('the logit lens', () => {
  it('asks nothing before it is switched on, and once for a text', async () => {
    await stage.open();
    expect(await stage.asked('logitLens')).toEqual([]);
    await look();
    expect(await stage.asked('logitLens')).toHaveLength(1);
    const columns = await panel().locator('thead th').allInnerTexts();
    expect(columns).toEqual(['token', 'Embedding', 'Layer 0', 'Layer 1: output']);
    expect(await panel().locator('tbody tr').count()).toBe(32);
  });

  it('that failed says why, and Look Again asks once more', async () => {
    await stage.open();
    await stage.page.evaluate(() => {
      window.attention.fail();
    });
    await panel().getByRole('button', { name: 'Look', exact: true }).click();
    for (const asked of [2, 3]) {
      await panel().getByRole('alert').waitFor();
      await panel().getByRole('button', { name: 'Look Again' }).click();
      await expect.poll(() => stage.asked('logitLens')).toHaveLength(asked);
    }
    await panel().getByText('“é” does not occur').waitFor();
    await takePicture(stage.page, 'lens-failed');
  });

  it('is read by arrow keys: what a layer says, how sure it is, where the true token stands', async () => {
    await stage.open();
    await look();
    await panel().getByRole('gridcell').first().focus();
    await expect.poll(detail).toContain('Embedding, at “t” (0)');
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowDown']) {
      await stage.page.keyboard.press(key);
    }
    await expect.poll(detail).toContain('Layer 1: output, at “␣” (3)');
    expect(await detail()).toMatch(/“d” comes next: rank 1, 85 %\. Entropy 1\.67 nats/);
    expect(await panel().locator('[role="gridcell"][tabindex="0"]').count()).toBe(1);
    await stage.page.keyboard.press('Control+End');
    await expect.poll(detail).toContain('What comes after the last token is not known');
    await stage.page.keyboard.press('Escape');
    await expect.poll(detail).toContain('Point at a cell');
  });

  it('is read under the pointer, and marks what is right in words too', async () => {
    await stage.open();
    await look();
    const right = panel().locator('.lens-right').first();
    expect(await right.innerText()).toContain('✓');
    await right.hover();
    await expect.poll(detail).toContain('rank 1');
  });

  it('of a long text shows some tokens at a time', async () => {
    await stage.open({ context: 200 });
    await look();
    expect(await panel().locator('tbody tr').count()).toBe(64);
    for (let page = 0; page < 3; page += 1) {
      await panel().getByRole('button', { name: 'Later Tokens' }).click();
    }
    await panel().getByText('Tokens 192 to 199 of 200').waitFor();
  });

  it('follows the text, and is saved as numbers', async () => {
    await stage.open();
    await look();
    await stage.page.evaluate(() => {
      window.attention.give('sam has');
    });
    await expect.poll(() => panel().locator('tbody tr').count()).toBe(7);
    await panel().getByRole('button', { name: 'Save as CSV' }).click();
    await expect
      .poll(() => stage.page.evaluate(() => window.attention.saved()?.head.split('\r\n')[1]))
      .toMatch(/^0,"s","Embedding",/);
  });
});

describe.each(themesOfView('hc-light'))('with the theme %s', (theme) => {
  it.each([1280, 320])('the lens can be read at %i', async (width) => {
    await stage.open({ theme, width });
    await look();
    await panel().getByRole('gridcell').nth(8).focus();
    await takePicture(stage.page, `lens-${theme}-${width}`);
    expect(await barriersOn(stage.page)).toEqual([]);
    const overflow = await stage.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
  });
});
