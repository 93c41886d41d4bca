/** @file The generation view is worked as a user does, by keyboard and by pointer. */
import { describe, expect, it } from 'vitest';
import { useGenerationStage, type GenerationStage } from './harness/openGeneration';
import { takePicture } from './harness/picture';

let stage: GenerationStage;

useGenerationStage((opened) => {
  stage = opened;
});

interface Written {
  readonly prompt: string;
  readonly after: number[];
  readonly sampling: { readonly seed: number; readonly temperature: number; cache: boolean };
}

const generated = async (): Promise<Written[]> => (await stage.asked('generate')) as Written[];

/** The text that is read, token by token. */
const tokens = (): Promise<string[]> =>
  stage.page.locator('#written [data-index]').allTextContents();

const press = (...keys: string[]): Promise<void> =>
  keys.reduce(
    (before, key) => before.then(() => stage.page.keyboard.press(key)),
    Promise.resolve(),
  );

describe('a text that was written', () => {
  it('is walked over by keys, branched from an alternative, and gone back to', async () => {
    await stage.open();
    await stage.write('the ', { 'field-sampling-maxTokens': '30' });
    const before = await tokens();
    await stage.page.locator('#written [data-index="0"]').focus();
    await press('ArrowRight', 'ArrowRight', 'Enter', 'ArrowDown', 'Enter');
    await stage.page.getByRole('treeitem').nth(1).waitFor();
    await expect.poll(async () => (await tokens()).length).toBe(33);
    const [whole, branch] = await generated();
    expect(branch?.after.length).toBe(3);
    expect(whole?.after).toEqual([]);
    const after = await tokens();
    expect(after.slice(0, 2)).toEqual(before.slice(0, 2));
    expect(after[2]).not.toBe(before[2]);
    // What was changed stays chosen, and the focus on what changed it.
    expect(await stage.page.locator('#token').textContent()).toContain('is token 2 after');
    expect(await stage.page.evaluate(() => document.activeElement?.className)).toContain('bar');
    await stage.page.getByRole('treeitem').nth(1).focus();
    await press('ArrowUp');
    expect(await tokens()).toEqual(before);
  });

  it('is deleted with its branches, and comes back', async () => {
    await stage.open();
    await stage.write('the ', { 'field-sampling-maxTokens': '12' });
    await stage.page.getByRole('treeitem').focus();
    await press('Delete');
    expect(await stage.page.getByRole('treeitem').count()).toBe(0);
    expect(await stage.page.evaluate(() => document.activeElement?.id)).toBe('undo-delete');
    await press('Enter');
    expect(await stage.page.getByRole('treeitem').count()).toBe(1);
  });

  it('is stopped where it is, and written on from there', async () => {
    await stage.open();
    await stage.page.evaluate(() => {
      window.generation.pace = 120;
    });
    await stage.page.locator('#prompt-text textarea').fill('the ');
    await stage.page.keyboard.press('Control+Enter');
    await stage.page.locator('#written [data-index="6"]').waitFor();
    await stage.page.getByRole('button', { name: 'Stop' }).click();
    await stage.page.getByText(/Stopped after \d+ tokens/).waitFor();
    const before = await tokens();
    await stage.set({ 'field-sampling-maxTokens': '6' });
    await stage.page.getByRole('button', { name: 'Continue' }).click();
    await stage.page.getByText('it reached its length').waitFor();
    const after = await tokens();
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.length).toBe(before.length + 6);
  });

  it('is said by sentence, and is there after the page was loaded again', async () => {
    await stage.open();
    await stage.write('the ', { 'field-sampling-maxTokens': '25' });
    const said = await stage.page.locator('[role="status"]').textContent();
    expect(said?.trim().length).toBeGreaterThan(8);
    const before = await tokens();
    await stage.page.reload();
    await stage.page.locator('#written [data-index="24"]').waitFor();
    expect(await tokens()).toEqual(before);
  });

  it('leads to the attention of its token, with what stood before it and nothing after', async () => {
    await stage.open();
    await stage.write('the ', { 'field-sampling-maxTokens': '10' });
    await stage.page.locator('#written [data-index="5"]').click();
    await stage.page.getByRole('button', { name: 'Show where it looks' }).click();
    await expect.poll(() => stage.asked('showAttention')).toHaveLength(1);
    const [looked] = (await stage.asked('showAttention')) as { prompt: string; after: number[] }[];
    expect(looked?.prompt).toBe('the ');
    expect(looked?.after.length).toBe(6);
    await stage.page.evaluate(() => {
      window.generation.show({ attends: false });
    });
    await stage.page.getByRole('button', { name: 'Show where it looks' }).waitFor({
      state: 'hidden',
    });
  });

  it('by another model leads to no attention of the one that is loaded, and says so', async () => {
    await stage.open();
    await stage.write('the ', { 'field-sampling-maxTokens': '10' });
    await stage.page.locator('#written [data-index="5"]').click();
    const link = stage.page.getByRole('button', { name: 'Show where it looks' });
    await link.waitFor();
    await stage.page.evaluate(() => {
      window.generation.show({ run: { runId: 'r2', name: 'Letters', step: 7 } });
    });
    await link.waitFor({ state: 'hidden' });
    await stage.page
      .getByText('Another model wrote this text: load it to go on from here, or to see where')
      .waitFor();
  });
});

it('a text can be gone on with whatever the prompt is, and not without a sampling or a model', async () => {
  await stage.open();
  await stage.write('the ', { 'field-sampling-maxTokens': '10' });
  await stage.page.locator('#written [data-index="4"]').click();
  const note = stage.page.locator('#alternatives-note');
  const goOn = stage.page.locator('vscode-button', { hasText: 'Continue' });
  await stage.page.locator('#prompt-text textarea').fill('caf\u00e9');
  await stage.page.getByText('not in this model').first().waitFor();
  expect(await goOn.getAttribute('aria-disabled')).not.toBe('true');
  await stage.set({ 'field-sampling-temperature': 'hot' });
  await note.getByText('Correct the sampling first.').waitFor();
  const other = stage.page.locator('#alternatives button').nth(1);
  expect(await other.getAttribute('aria-disabled')).toBe('true');
  await stage.set({ 'field-sampling-temperature': '1' });
  await stage.page.evaluate(() => {
    window.generation.lose();
  });
  await note.getByText('No model is loaded.').waitFor();
});

it('several seeds and temperatures are written one after the other, and Stop ends them all', async () => {
  await stage.open();
  await stage.write('the ', {
    'field-sampling-maxTokens': '12',
    samples: '2',
    temperatures: '0.5, 1',
  });
  const asked = (await generated()).map(({ sampling: { seed, temperature } }) => [
    temperature,
    seed,
  ]);
  expect(asked).toEqual([
    [0.5, 1],
    [0.5, 2],
    [1, 1],
    [1, 2],
  ]);
  expect(await stage.page.locator('.card').count()).toBe(4);
  await stage.page.evaluate(() => {
    window.generation.pace = 150;
  });
  await stage.page.getByRole('button', { name: 'Generate 4 Texts' }).click();
  await stage.page.getByText('Writing …').first().waitFor();
  await stage.page.getByRole('button', { name: 'Stop' }).click();
  expect(await stage.page.locator('.card', { hasText: 'Stopped after' }).count()).toBe(4);
  expect((await generated()).length).toBe(5);
});

describe('the next token', () => {
  it('follows the controls, the prompt and the chosen token', async () => {
    await stage.open();
    await stage.page.getByText('At the start of a new text').waitFor();
    await stage.page.locator('.stages').waitFor();
    expect(await stage.page.getByText('out', { exact: true }).count()).toBe(0);
    await stage.set({ 'field-sampling-topK': '2' });
    await stage.page.getByText('out', { exact: true }).first().waitFor();
    await stage.write('the ');
    await stage.page.locator('#written [data-index="4"]').click();
    await stage.page.getByText(/After the chosen token/).waitFor();
    await expect
      .poll(
        async () => ((await stage.asked('nextToken')).at(-1) as Written | undefined)?.after.length,
      )
      .toBe(5);
  });

  it('is never said to follow tokens after which it was not asked for', async () => {
    await stage.open();
    await stage.write('the ', { 'field-sampling-maxTokens': '20' });
    await stage.page.locator('.stages').waitFor();
    await stage.page.evaluate(() => {
      window.generation.show({ run: { runId: 'r2', name: 'Letters', step: 7 } });
    });
    await stage.page.getByText('After the prompt, by the weights of step 7').waitFor();
    await stage.page.locator('#written [data-index="5"]').click();
    await stage.page.getByText('is token 5 after the prompt').waitFor();
    expect(await stage.page.locator('#next').innerText()).toContain('After the prompt');
    await stage.page.reload();
    await stage.page.locator('.stages').waitFor();
    await stage.page.locator('#prompt-text textarea').fill('caf\u00e9');
    await stage.page.locator('#next', { hasText: 'Correct the prompt first.' }).waitFor();
    expect(await stage.page.locator('.stages').count()).toBe(0);
  });

  it('of a new text is that after the first of the user’s, which the text begins with', async () => {
    await stage.open({ scenario: 'own-text' });
    await stage.page.getByText('After “t”, with which a new text begins').waitFor();
    await stage.write('', { 'field-sampling-maxTokens': '12' });
    const [first] = await tokens();
    expect(await stage.page.locator('#written pre').innerText()).toMatch(`t${first ?? ''}`);
    expect(await stage.page.locator('#written .written-prompt').innerText()).toBe('t');
    await stage.page.getByRole('button', { name: 'Continue' }).click();
    await expect.poll(async () => (await generated()).length).toBe(2);
    expect((await generated()).map(({ prompt }) => prompt)).toEqual(['', 't']);
    await takePicture(stage.page, 'generation-own-text');
  });

  it('a prompt that was corrected is written from at once', async () => {
    await stage.open();
    const prompt = stage.page.locator('#prompt-text textarea');
    await prompt.fill('caf\u00e9');
    await stage.page.getByText("not in this model's vocabulary").waitFor();
    await prompt.press('Backspace');
    await prompt.press('Control+Enter');
    await expect
      .poll(() => generated().then((all) => all.map((one) => one.prompt)))
      .toEqual(['caf']);
  });

  it('is not asked for by a page that nobody sees', async () => {
    await stage.open({ scenario: 'training' }, 'training goes on');
    await stage.page.locator('.stages').waitFor();
    const before = (await stage.asked('nextToken')).length;
    await stage.page.evaluate(() => {
      window.generation.setVisible(false);
      window.generation.advance(100);
    });
    await stage.page.waitForTimeout(3500);
    expect((await stage.asked('nextToken')).length).toBe(before);
    await stage.page.evaluate(() => {
      window.generation.setVisible(true);
    });
    await expect
      .poll(async () => (await stage.asked('nextToken')).length, { timeout: 8000 })
      .toBeGreaterThan(before);
  });
});

it('the cache’s worth is measured, and said', async () => {
  await stage.open();
  await stage.set({ 'field-sampling-maxTokens': '30' });
  await stage.page.getByText('What the KV cache saves').click();
  await stage.page.getByRole('button', { name: 'Compare' }).click();
  await stage.page.getByText('3.0 times as fast with it. Both texts are the same.').waitFor();
  expect((await generated()).map(({ sampling }) => sampling.cache)).toEqual([
    true,
    false,
    true,
    false,
  ]);
});

it('nothing is written beside what is compared, nor compared beside what is written', async () => {
  await stage.open();
  await stage.write('the ', { 'field-sampling-maxTokens': '30' });
  await stage.page.getByText('it reached its length').waitFor();
  const before = await tokens();
  const pace = (pause: number): Promise<void> =>
    stage.page.evaluate((milliseconds) => {
      window.generation.pace = milliseconds;
    }, pause);
  const button = (name: string) => stage.page.getByRole('button', { name, exact: true });
  const goOn = stage.page.locator('vscode-button', { hasText: 'Continue' });
  const compare = stage.page.locator('vscode-button', { hasText: 'Compare' });
  await stage.page.getByText('What the KV cache saves').click();
  await stage.page.locator('#written [data-index="4"]').click();
  await pace(300);
  await button('Compare').focus();
  await press('Enter');
  await stage.page.getByText('Writing with the cache …').waitFor();
  expect(await goOn.getAttribute('aria-disabled')).toBe('true');
  expect(await goOn.getAttribute('title')).toBe(
    'The KV cache is being compared: wait for it, or stop it.',
  );
  await takePicture(stage.page, 'generation-comparing');
  await button('Continue').focus();
  await press('Enter');
  await stage.page.locator('#alternatives button').nth(1).focus();
  await press('Enter');
  await stage.page.locator('#prompt-text textarea').focus();
  await press('Control+Enter');
  await pace(15);
  await stage.page.getByText('3.0 times as fast with it. Both texts are the same.').waitFor();
  expect(await tokens()).toEqual(before);
  expect(await stage.page.getByRole('treeitem').count()).toBe(1);
  expect((await generated()).length).toBe(5);
  // Now it goes on, and there is nothing to compare until it has.
  await pace(150);
  await button('Continue').focus();
  await press('Enter');
  await stage.page.getByText('Writing …').waitFor();
  expect(await compare.getAttribute('aria-disabled')).toBe('true');
  expect(await compare.getAttribute('title')).toBe(
    'A text is being written: wait for it, or stop it.',
  );
  await button('Compare').focus();
  await press('Enter');
  await stage.page.getByText('it reached its length').waitFor();
  expect((await generated()).length).toBe(6);
});

it('a model that goes leaves what was written, and what brings one', async () => {
  await stage.open();
  await stage.write('the ', { 'field-sampling-maxTokens': '12' });
  await stage.page.evaluate(() => {
    window.generation.lose();
  });
  await stage.page.getByRole('button', { name: 'Resume Last Run' }).click();
  await expect
    .poll(() => stage.asked('runCommand'))
    .toEqual([{ command: 'transformerPlayground.resumeLastRun' }]);
  expect((await tokens()).length).toBe(12);
});

it('what the KV cache is stands beside its box, and not over the button that writes', async () => {
  await stage.open({ width: 1000 });
  await stage.page.locator('summary', { hasText: 'Sampling' }).click();
  await stage.page.getByRole('checkbox', { name: 'KV cache' }).focus();
  const help = stage.page.locator('.field-help-beside', {
    hasText: 'the keys and values of earlier',
  });
  await expect.poll(() => help.evaluate((part) => getComputedStyle(part).opacity)).toBe('1');
  const over = await help.evaluate((part) => {
    const { left, right, top, bottom } = part.getBoundingClientRect();
    return [...document.querySelectorAll('vscode-button')].flatMap((button) => {
      const box = button.getBoundingClientRect();
      const isApart =
        box.left >= right || box.right <= left || box.top >= bottom || box.bottom <= top;
      return isApart ? [] : [button.textContent];
    });
  });
  expect(over).toEqual([]);
});

it('one token is one token, and times too short for a chart are told in milliseconds', async () => {
  await stage.open();
  await stage.write('the ', { 'field-sampling-maxTokens': '1', temperatures: '0.5, 1' });
  expect(await stage.page.locator('.card .panel-note').allTextContents()).toEqual(
    Array.from({ length: 2 }, () => '1 token, 300 tokens/s, weights of step 480'),
  );
  await stage.page.getByText('What the KV cache saves').click();
  await stage.page.getByRole('button', { name: 'Compare', exact: true }).click();
  await stage.page.getByText('1 token took 3 ms with the cache and 10 ms without').waitFor();
  expect(await stage.page.locator('#cache .bar-value').allTextContents()).toEqual([
    '3 ms',
    '10 ms',
  ]);
});
