/** @file The help of a field: where it lies, when it shows, and how it is put away. */
import { describe, expect, it } from 'vitest';
import { useStage, type Stage } from './harness/openPage';
import { partsOf } from './harness/parts';
import { takePicture } from './harness/picture';
import { themes } from './harness/site';

let stage: Stage;

useStage((opened) => {
  stage = opened;
});

const { field } = partsOf(() => stage);
const helpOn = {
  layers: 'How many blocks are stacked',
  heads: 'How many attention patterns',
};
/** Whether a field's help is seen. */
const shown = (help: string): Promise<boolean> =>
  stage.page.getByText(help).evaluate((element) => getComputedStyle(element).opacity === '1');
const shows = (help: string, expected = true): Promise<void> =>
  expect.poll(() => shown(help)).toBe(expected);

/** What is wrong with where each help of the page lies while its field has the focus. */
async function misplaced(beside: boolean): Promise<string[]> {
  // Away from every field.
  await stage.page.mouse.move(0, 0);
  return stage.page.evaluate(async (isBeside) => {
    const wrong: string[] = [];
    for (const help of document.querySelectorAll<HTMLElement>('.field-help-beside')) {
      const frame = help.closest('.field');
      const control = frame?.querySelector<HTMLElement>('.field-control > *, vscode-checkbox');
      control?.scrollIntoView({ block: 'nearest' });
      control?.focus();
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      const box = help.getBoundingClientRect();
      const held = control?.getBoundingClientRect();
      const about = `${control?.id ?? ''}: ${JSON.stringify(box)}`;
      if (held === undefined || getComputedStyle(help).opacity !== '1') {
        wrong.push(`not shown ${about}`);
        continue;
      }
      const inside =
        box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight;
      if (!inside || box.width < 100) wrong.push(`cut off ${about}`);
      const apart = box.top >= held.bottom || box.bottom <= held.top || box.left >= held.right;
      if (!apart) wrong.push(`over its own field ${about}`);
      const column = document.querySelector('.page-steering')?.getBoundingClientRect();
      if (isBeside && box.left < (column?.right ?? 0)) wrong.push(`over other fields ${about}`);
    }
    return wrong;
  }, beside);
}

async function openAll(): Promise<void> {
  await stage.page.getByText('All settings').click();
  await field('Adam β₂').waitFor();
}

describe('the help of a field', () => {
  it('comes for the pointer and for the keyboard, one at a time', async () => {
    await stage.open({ scenario: 'empty' });
    expect(await shown(helpOn.layers)).toBe(false);
    await field('Layers').focus();
    await shows(helpOn.layers);
    await field('Heads').hover();
    await shows(helpOn.heads);
    expect(await shown(helpOn.layers)).toBe(false);
  });

  it('stays while the pointer rests on a field that has none', async () => {
    await stage.open({ scenario: 'empty' });
    await field('Layers').focus();
    await stage.page.getByRole('combobox', { name: 'Preset' }).hover();
    await stage.page.waitForTimeout(600);
    expect(await shown(helpOn.layers)).toBe(true);
  });

  it('is put away with Escape, until pointer or focus come to a field anew', async () => {
    await stage.open({ scenario: 'empty' });
    await field('Layers').focus();
    await shows(helpOn.layers);
    await stage.page.keyboard.press('Escape');
    await shows(helpOn.layers, false);
    await stage.page.keyboard.type('1');
    expect(await shown(helpOn.layers)).toBe(false);
    await field('Heads').hover();
    await shows(helpOn.heads);
    await stage.page.keyboard.press('Escape');
    await shows(helpOn.heads, false);
    await stage.page.mouse.move(900, 600);
    expect(await shown(helpOn.layers)).toBe(false);
    await stage.page.keyboard.press('Tab');
    await stage.page.keyboard.press('Shift+Tab');
    await shows(helpOn.layers);
  });

  it('never lies over the choices of an open list', async () => {
    await stage.open({ scenario: 'empty', width: 420 });
    const list = stage.page.getByRole('combobox', { name: 'Text', exact: true });
    await list.focus();
    await shows('What the model learns from.');
    await list.click();
    await shows('What the model learns from.', false);
    await stage.page.keyboard.press('Escape');
    await shows('What the model learns from.');
  });
});

describe('where the help of a field lies', () => {
  it.each([1280, 900, 701])('beside the column of fields at a width of %i', async (width) => {
    await stage.open({ scenario: 'empty', width });
    await openAll();
    expect(await misplaced(true)).toEqual([]);
  });

  it.each([
    [700, 900],
    [420, 700],
    [220, 700],
    [220, 300],
  ])('within a panel of %i × %i', async (width, height) => {
    await stage.open({ scenario: 'empty', width, height });
    await openAll();
    expect(await misplaced(false)).toEqual([]);
  });

  it.each([1280, 220].flatMap((width) => themes.map((theme) => [width, theme] as const)))(
    'of the prompt below it, over nothing that the model answers, at %i in %s',
    async (width, theme) => {
      await stage.open({ scenario: 'paused', width, theme });
      const help = stage.page.getByText('Ctrl+Enter or ⌘Enter generates');
      expect(await help.isVisible()).toBe(true);
      await field('Prompt').fill('Tom');
      await stage.page.keyboard.press('Control+Enter');
      await stage.page.getByText('does not occur in the text').waitFor();
      await takePicture(stage.page, `prompt-answer-${theme}-${width}`);
      const covered = await help.evaluate((element) => {
        const box = element.getBoundingClientRect();
        const others = document.querySelectorAll(
          '#prompt h2, #prompt vscode-text-area, #prompt vscode-button, #prompt summary, .generation, .tiles',
        );
        return [...others].flatMap((other) => {
          const { left, right, top, bottom } = other.getBoundingClientRect();
          const apart =
            box.right <= left || right <= box.left || box.bottom <= top || bottom <= box.top;
          return apart ? [] : [other.tagName];
        });
      });
      expect(covered).toEqual([]);
    },
  );

  it.each([1280, 220])('below the sampling at a width of %i', async (width) => {
    await stage.open({ scenario: 'paused', width });
    await stage.page.getByText('Sampling', { exact: true }).click();
    await field('Temperature').waitFor();
    expect(await misplaced(false)).toEqual([]);
  });

  it.each(themes)('as the theme %s shows it', async (theme) => {
    for (const [name, width] of [
      ['wide', 1280],
      ['narrowest', 220],
    ] as const) {
      await stage.open({ scenario: 'empty', theme, width });
      await field('Heads').focus();
      await shows(helpOn.heads);
      await takePicture(stage.page, `field-help-${theme}-${name}`);
    }
  });
});
