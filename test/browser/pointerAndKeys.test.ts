/**
 * @file Pointer and keyboard on the same picture of the attention page: what was clicked is left by
 * arrow keys while the pointer still rests on it, and what is pointed at does not move away.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { useAttentionStage, type AttentionStage } from './harness/openAttention';

let stage: AttentionStage;

useAttentionStage((opened) => {
  stage = opened;
});

const said = (of: string): Promise<string> => stage.page.locator(of).first().innerText();

const look = (panel: string): Promise<void> =>
  stage.page.locator(panel).getByRole('button', { name: 'Look', exact: true }).click();

const press = (key: string): Promise<void> => stage.page.keyboard.press(key);

/** Clicks well inside of the first map below a place, left of its diagonal. */
async function clickMap(place: string): Promise<void> {
  const map = stage.page.locator(`${place} .heatmap-frame`).first();
  await map.scrollIntoViewIfNeeded();
  const box = await map.boundingBox();
  if (box === null) throw new Error('The map has no place.');
  await map.click({ position: { x: box.width * 0.3, y: box.height * 0.72 } });
}

async function drawLines(): Promise<void> {
  await stage.page.locator('#picture-shape').click();
  await stage.page.getByRole('option', { name: 'Lines' }).click();
  await stage.page.locator('.lines-query').first().waitFor();
}

describe('arrow keys leave what was clicked', () => {
  beforeEach(() => stage.open());

  it('in a large picture', async () => {
    await clickMap('#large');
    const reading = (): Promise<string> => said('#large .heatmap-reading');
    await expect.poll(reading).toContain('“t” (22) looks at “r” (8)');
    await press('ArrowUp');
    await expect.poll(reading).toContain('“␣” (21) looks at “r” (8)');
    await press('ArrowLeft');
    await expect.poll(reading).toContain('“␣” (21) looks at “␣” (7)');
  });

  it('in a picture that is enlarged and scrolls under the pointer', async () => {
    await stage.open({ context: 200 });
    await clickMap('#large');
    for (let times = 0; times < 3; times += 1) await press('+');
    await press('Control+Home');
    const reading = (): Promise<string> => said('#large .heatmap-reading');
    await expect.poll(reading).toContain('“t” (0) looks at “t” (0)');
    await press('ArrowDown');
    await expect.poll(reading).toContain('“h” (1) looks at “t” (0)');
  });

  it('in a circuit', async () => {
    await look('#circuit');
    await stage.page.locator('.circuit').first().waitFor();
    await clickMap('.circuit');
    const reading = (): Promise<string> => said('.circuit .heatmap-reading');
    await expect.poll(reading).toContain('“t” that asks gives “h”');
    await press('ArrowUp');
    await expect.poll(reading).toContain('“s” that asks gives “h”');
  });

  it('in the logit lens, and Escape leaves the cell', async () => {
    await look('#lens');
    const cell = stage.page.locator('.lens-cell').nth(7);
    await cell.click();
    const detail = (): Promise<string> => said('.lens-detail');
    await expect.poll(detail).toContain('Layer 0, at “e” (2)');
    await press('ArrowDown');
    await expect.poll(detail).toContain('Layer 0, at “␣” (3)');
    await press('Escape');
    await expect.poll(detail).toContain('Point at a cell');
  });

  it('among lines', async () => {
    await drawLines();
    await stage.page.locator('.lines-query').nth(10).click();
    const row = (): Promise<string> => said('.row-bars h4');
    await expect.poll(row).toBe('“n” (10) looks at');
    await press('ArrowDown');
    await expect.poll(row).toBe('“s” (11) looks at');
    await press('ArrowDown');
    await expect.poll(row).toBe('“.” (12) looks at');
  });
});

it('a line that is pointed at stays under the pointer where not all tokens have room', async () => {
  await stage.open({ context: 96 });
  await drawLines();
  const query = stage.page.locator('.lines-query').nth(20);
  expect(await query.locator('title').textContent()).toBe('“b” (52)');
  await query.hover();
  await expect.poll(() => said('.row-bars h4')).toBe('“b” (52) looks at');
  expect(await said('.lines-part')).toContain('Tokens 32 to 95 of 96');
  await query.click();
  await press('Home');
  await expect.poll(() => said('.row-bars h4')).toBe('“t” (0) looks at');
  expect(await said('.lines-part')).toContain('Tokens 0 to 63 of 96');
});

it('heads that stand side by side as lines show the same tokens', async () => {
  await stage.open({ context: 96 });
  await drawLines();
  await stage.page.locator('.lines-query').nth(20).click();
  await expect.poll(() => said('.row-bars h4')).toBe('“b” (52) looks at');
  await stage.page.getByRole('gridcell', { name: /^Layer 1, Head 2/ }).click();
  await stage.page.locator('.lines-part').nth(1).waitFor();
  const [first, second] = await stage.page.locator('.lines-part').allInnerTexts();
  expect(first).toContain('Tokens 32 to 95 of 96');
  expect(second).toBe(first);
});

it('the tokens are reached by Tab where the marked one is not among those shown', async () => {
  await stage.open({ context: 600 });
  await stage.page.locator('.heatmap-frame').first().focus();
  await press('ArrowRight');
  await expect.poll(() => said('.heatmap-reading')).toContain('(599)');
  expect(await stage.page.locator('.tokens button[tabindex="0"]').count()).toBe(1);
});
