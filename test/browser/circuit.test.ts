/** @file The circuits of a head on the attention page, as its users read them. */
import { describe, expect, it } from 'vitest';
import { barriersOn } from './harness/barriers';
import { useAttentionStage, type AttentionStage } from './harness/openAttention';
import { takePicture } from './harness/picture';
import { themesOfView } from './harness/site';

let stage: AttentionStage;

useAttentionStage((opened) => {
  stage = opened;
});

const panel = () => stage.page.locator('#circuit');

const look = async (): Promise<void> => {
  await panel().getByRole('button', { name: 'Look', exact: true }).click();
  await panel().locator('.heatmap-canvas').nth(1).waitFor();
};

describe('the circuits of a head', () => {
  it('are asked for when they are wanted, and of the head that is opened next', async () => {
    await stage.open();
    expect(await stage.asked('circuit')).toEqual([]);
    await look();
    await stage.page.getByRole('gridcell', { name: /^Layer 1, Head 2/ }).click();
    await panel().locator('h3', { hasText: 'Layer 1, head 2, QK circuit' }).waitFor();
    expect(await stage.asked('circuit')).toEqual([
      { path: 'decoder.0.selfAttention.pattern', head: 0 },
      { path: 'decoder.1.selfAttention.pattern', head: 2 },
    ]);
  });

  it('are read by arrow keys, with the sign of what they say', async () => {
    await stage.open();
    await look();
    const reading = panel().locator('.heatmap-reading');
    await panel().locator('.heatmap-frame').nth(1).focus();
    await stage.page.keyboard.press('ArrowRight');
    await stage.page.keyboard.press('Control+Home');
    // sin(0) − 2 for a token and itself.
    await expect
      .poll(() => reading.nth(1).textContent())
      .toBe('“a” that is looked at lowers the logit of “a”: −2.00.');
    await panel().locator('.heatmap-frame').first().focus();
    await stage.page.keyboard.press('ArrowRight');
    await stage.page.keyboard.press('Control+Home');
    await expect
      .poll(() => reading.first().textContent())
      .toBe('“a” that asks gives “a” a score of +2.00.');
  });

  it('say what is left out, and their strongest pairs as text', async () => {
    await stage.open();
    await look();
    await panel().getByText('Left out are norms, biases, positions').waitFor();
    await panel().getByText('Strongest pairs as text').first().click();
    const rows = panel().locator('.attention-table').first().locator('tbody tr');
    expect(await rows.count()).toBe(10);
    expect(await rows.first().innerText()).toMatch(/“.”\s+“.”\s+\+[23]\.\d\d/);
  });

  it('over too many tokens say so, and what to do', async () => {
    await stage.open({ vocabulary: 600 });
    await panel().getByRole('button', { name: 'Look', exact: true }).click();
    await panel().getByText('Train a model over at most 512 tokens').waitFor();
  });

  it('of 512 tokens are drawn', async () => {
    await stage.open({ vocabulary: 512 });
    await look();
    await takePicture(stage.page, 'circuit-512');
  });

  it('are saved as pictures, and as the numbers themselves', async () => {
    await stage.open();
    await look();
    const save = async (kind: string) => {
      await panel().getByRole('button', { name: kind, exact: true }).first().click();
      const name = `attention-layer-0-head-0-qk-circuit-step-480.${kind.toLowerCase()}`;
      await expect.poll(() => stage.page.evaluate(() => window.attention.saved()?.name)).toBe(name);
      return stage.page.evaluate(() => window.attention.saved()?.head ?? '');
    };
    expect(await save('SVG')).toContain('<title>Layer 0, head 0, QK circuit, step 480</title>');
    expect((await save('PNG')).slice(1, 4)).toBe('PNG');
    const [header, first] = (await save('CSV')).split('\r\n');
    expect(header).toMatch(/^asks \\ is found,"0 a","1 b"/);
    expect(first).toMatch(/^"0 a",2,0\.64/);
  });
});

describe.each(themesOfView('dark'))('with the theme %s', (theme) => {
  it.each([1280, 320])('circuits can be read at %i', async (width) => {
    await stage.open({ theme, width });
    await look();
    await panel().locator('.heatmap-frame').first().focus();
    await stage.page.keyboard.press('ArrowRight');
    await takePicture(stage.page, `circuit-${theme}-${width}`);
    const tops = await panel()
      .locator('.heatmap-canvas')
      .evaluateAll((maps) => maps.map((map) => map.getBoundingClientRect().top));
    if (width === 1280) expect(new Set(tops).size).toBe(1);
    expect(await barriersOn(stage.page)).toEqual([]);
    const overflow = await stage.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
  });
});
