/**
 * @file How the generation view looks and reads in every state, theme and width: pictures,
 * accessibility, security policy.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { barriersOn } from './harness/barriers';
import {
  useGenerationStage,
  type GenerationOptions,
  type GenerationStage,
} from './harness/openGeneration';
import { takePicture } from './harness/picture';
import { themesOfView } from './harness/site';

let stage: GenerationStage;

useGenerationStage((opened) => {
  stage = opened;
});

afterEach(async () => {
  await stage.page.emulateMedia({ forcedColors: 'none' });
});

/** Takes a picture and finds nothing that is cut off or keeps somebody from using it. */
async function look(name: string): Promise<void> {
  await takePicture(stage.page, `generation-${name}`);
  expect(await barriersOn(stage.page)).toEqual([]);
  const overflow = await stage.page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
}

/** A text with a branch, one of its tokens chosen. */
async function branch(options: GenerationOptions): Promise<void> {
  await stage.open(options);
  await stage.write('the ', { 'field-sampling-maxTokens': '90', 'field-sampling-topK': '3' });
  await stage.page.locator('#written [data-index="12"]').click();
  await stage.writes(() => stage.page.locator('#alternatives button').nth(1).click());
  await stage.page.locator('#written [data-index="20"]').click();
  await stage.page.locator('.stages').waitFor();
}

const states = [
  ['empty', 'No model is loaded'],
  ['resumable', 'Resume Last Run'],
  ['loading', 'Counting bigrams'],
  ['failed', 'The graphics device was lost'],
] as const;

describe.each(themesOfView('light'))('with the theme %s', (theme) => {
  it.each([220, 320, 1000])(
    'a text, its tokens and its branches can be read at %i',
    async (width) => {
      await branch({ theme, width });
      await look(`${theme}-${width}`);
    },
  );

  it.each([220, 1000])('texts can be compared side by side at %i', async (width) => {
    await stage.open({ theme, width });
    await stage.write('the ', {
      'field-sampling-maxTokens': '60',
      samples: '2',
      temperatures: '0.5, 1.5',
    });
    await look(`several-${theme}-${width}`);
  });

  it.each(states)('it says what to do when it is %s', async (scenario, sign) => {
    for (const width of [220, 600]) {
      await stage.open({ scenario, theme, width, height: 400 }, sign);
      await look(`${scenario}-${theme}-${width}`);
    }
  });
});

it('it says whose weights write while training goes on, and what ends a text', async () => {
  await stage.open({ scenario: 'training' }, 'training goes on');
  await stage.page.locator('.stages').waitFor();
  await look('training');
  await stage.open({ scenario: 'ends' });
  await stage.write('the ');
  expect(await stage.page.locator('#written .written-end').count()).toBe(1);
});

it('what a prompt cannot hold is named, with what to do', async () => {
  await stage.open();
  await stage.page.locator('#prompt-text textarea').fill('caf\u00e9');
  await stage.page.getByText('not in this model').first().waitFor();
  await look('unknown-character');
});

it('nothing is cut off at 200 %', async () => {
  await branch({ width: 160, height: 450 });
  await look('zoomed');
});

it('bars and marks remain under forced colours', async () => {
  await stage.page.emulateMedia({ forcedColors: 'active' });
  await branch({});
  await takePicture(stage.page, 'generation-forced-colours');
  const seen = await stage.page.evaluate(() => {
    const style = (selector: string): CSSStyleDeclaration => {
      const element = document.querySelector(selector);
      if (!element) throw new Error(`There is no ${selector}.`);
      return getComputedStyle(element);
    };
    const tick = document
      .querySelector('vscode-checkbox[aria-checked="true"]')
      ?.shadowRoot?.querySelector('.checked-indicator');
    return {
      text: style('body').color,
      tick: tick ? getComputedStyle(tick).fill : 'none',
      bar: style('.bar-fill').backgroundColor,
      track: style('.bar-track').backgroundColor,
      unlikely: style('.written-token').textDecorationColor,
      link: style('.token-about .link-button').textDecorationLine,
      chosen: style('.written-tokens > [aria-selected="true"]').outlineStyle,
    };
  });
  expect(seen.tick).toBe(seen.text);
  expect(seen.unlikely).toBe(seen.text);
  expect(seen.link).toBe('underline');
  expect(seen.bar).not.toBe(seen.track);
  expect(seen.chosen).toBe('solid');
});
