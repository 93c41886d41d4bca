/**
 * @file How the attention page looks and reads in every state, theme and width: pictures,
 * accessibility, security policy.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { barriersOn } from './harness/barriers';
import {
  useAttentionStage,
  type AttentionOptions,
  type AttentionStage,
} from './harness/openAttention';
import { takePicture } from './harness/picture';
import { themes, themesOfView } from './harness/site';

let stage: AttentionStage;

useAttentionStage((opened) => {
  stage = opened;
});

afterEach(async () => {
  await stage.page.emulateMedia({ forcedColors: 'none' });
});

async function overflow(): Promise<number> {
  return stage.page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
}

async function look(name: string, options: AttentionOptions, sign?: string): Promise<void> {
  await stage.open(options, sign);
  await takePicture(stage.page, `attention-${name}`);
  expect(await barriersOn(stage.page)).toEqual([]);
  expect(await overflow()).toBe(0);
}

const states = [
  ['empty', 'No model is loaded'],
  ['loading', 'The model is being loaded'],
  ['failing', 'does not occur'],
] as const;

describe.each(themesOfView('hc-dark'))('with the theme %s', (theme) => {
  it.each([1280, 320])(
    'the heads, their roles and one of them large can be read at %i',
    async (width) => {
      await stage.open({ theme, width });
      await stage.page.getByText('Silenced at step 480').waitFor();
      const map = stage.page.locator('.heatmap-frame').first();
      await map.focus();
      for (const key of ['ArrowRight', 'ArrowRight', 'ArrowUp'])
        await stage.page.keyboard.press(key);
      await stage.page.getByRole('button', { name: /^Follow .* Through/ }).click();
      await stage.page.getByRole('button', { name: '7 Values' }).click();
      await takePicture(stage.page, `attention-${theme}-${width}`);
      expect(await barriersOn(stage.page)).toEqual([]);
      expect(await overflow()).toBe(0);
    },
  );

  it.each([1280, 320])('lines between tokens can be read at %i', async (width) => {
    await stage.open({ theme, width });
    await stage.page.locator('#picture-shape').click();
    await stage.page.getByRole('option', { name: 'Lines' }).click();
    await stage.page.locator('.lines-query').nth(20).hover();
    await stage.page.getByText('As text').click();
    await takePicture(stage.page, `attention-lines-${theme}-${width}`);
    expect(await barriersOn(stage.page)).toEqual([]);
    expect(await overflow()).toBe(0);
  });

  it.each(states)('it says what to do when it is %s', async (scenario, sign) => {
    for (const width of [1280, 320]) {
      await look(`${scenario}-${theme}-${width}`, { scenario, theme, width, height: 500 }, sign);
    }
  });
});

it('two heads stand side by side in a wide panel', async () => {
  await stage.open({ width: 2200 });
  await stage.page.getByRole('gridcell', { name: /^Layer 1, Head 2/ }).click();
  await stage.page.locator('.large-head').nth(1).waitFor();
  await takePicture(stage.page, 'attention-two-heads');
  expect(await overflow()).toBe(0);
});

it('what it costs to silence a head stands beside its role, in sight at half the width', async () => {
  await stage.open({ width: 540 });
  await stage.page.getByText('Silenced at step 480').waitFor();
  const table = stage.page.getByRole('region', { name: 'Scores of the heads' });
  expect(await table.getByRole('columnheader').nth(2).innerText()).toBe('If silenced');
  const edges = await table.evaluate((box) => {
    const cost = box.querySelector('tbody tr td:nth-child(3)');
    return [cost?.getBoundingClientRect().right ?? Infinity, box.getBoundingClientRect().right];
  });
  expect(edges[0]).toBeLessThan(edges[1] ?? 0);
  expect(await table.locator('tbody tr').first().innerText()).toMatch(/[+−±]0\.\d+/);
});

it('144 heads fit on the page, in a wide panel and in a narrow one', async () => {
  for (const width of [1280, 320]) {
    await look(`many-${width}`, { layers: 12, heads: 12, context: 64, width });
    const below = await stage.page.evaluate(() => {
      const ends = [...document.querySelectorAll('section')].map(
        (section) => section.getBoundingClientRect().bottom + scrollY,
      );
      return document.documentElement.scrollHeight - Math.max(innerHeight, ...ends);
    });
    // The page ends with its last part, and not with what a list has scrolled away.
    expect(below).toBeLessThan(100);
  }
});

it('nothing is cut off at 200 %', async () => {
  await look('zoomed', { width: 640, height: 450 });
});

it('pictures and marks remain under forced colours', async () => {
  await stage.page.emulateMedia({ forcedColors: 'active' });
  await stage.open();
  await takePicture(stage.page, 'attention-forced-colours');
  const seen = await stage.page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('.thumbnail');
    const pixels = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
    const open = document.querySelector('.head-open');
    return {
      colours: new Set(new Uint32Array(pixels?.buffer ?? new ArrayBuffer(0))).size,
      keeps: canvas ? getComputedStyle(canvas).forcedColorAdjust : '',
      open: open ? getComputedStyle(open).outlineStyle : '',
    };
  });
  expect(seen.colours).toBeGreaterThan(2);
  expect(seen.keeps).toBe('none');
  expect(seen.open).toBe('solid');
});

it('what comes next fits beside nothing else in the narrowest view', async () => {
  await stage.open({ width: 220 });
  await stage.page.getByRole('button', { name: 'Make the Change' }).click();
  await stage.page.locator('.next-tokens').waitFor();
  await takePicture(stage.page, 'attention-what-if-narrowest');
  expect(await overflow()).toBe(0);
});

it.each(themes)(
  'the slider through time stands out from the page with the theme %s',
  async (theme) => {
    await stage.open({ theme });
    const slider = stage.page.getByRole('slider', { name: 'Moment of the run' });
    const [accent, ground] = await slider.evaluate((range) => [
      getComputedStyle(range).accentColor,
      getComputedStyle(document.body).backgroundColor,
    ]);
    expect(accent).toMatch(/^rgb/);
    expect(accent).not.toBe(ground);
  },
);

it.each([
  ['looked-source', 'A text of mine'],
  ['what-if-deed', 'Patch it from another text'],
])(
  'what an empty field asks for can be read whole in the narrowest view: %s',
  async (list, entry) => {
    await stage.open({ width: 220 });
    await stage.page.locator(`#${list}`).click();
    await stage.page.locator(`#${list}`).getByRole('option', { name: entry, exact: true }).click();
    const hidden = await stage.page.locator('textarea').evaluate((field: HTMLTextAreaElement) => {
      field.value = field.placeholder;
      return field.scrollHeight - field.clientHeight;
    });
    expect(hidden).toBeLessThanOrEqual(0);
  },
);
