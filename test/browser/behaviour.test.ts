/** @file What the playground does when it is used: by pointer, by keyboard, when nobody looks. */
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useStage, type Stage } from './harness/openPage';
import { partsOf } from './harness/parts';
import { takePicture } from './harness/picture';
import { themes } from './harness/site';

let stage: Stage;

useStage((opened) => {
  stage = opened;
});

const { button, field, progress } = partsOf(() => stage);
const picture = (name: string): Promise<void> => takePicture(stage.page, name);

describe('the configuration', () => {
  it('asks the host to train what was typed, under a name that says what was changed', async () => {
    await stage.open({ scenario: 'empty' });
    await field('Layers').fill('4');
    await stage.page.getByText('Layers: 2 → 4').waitFor();
    await button('Train').click();
    await stage.page.getByText(/^Step \d+ of 3,000/).waitFor();
    const [asked] = await stage.asked('train');
    expect(asked).toMatchObject({
      config: { name: 'Tiny GPT (Layers 4)', preset: 'tiny', model: { layers: 4 } },
    });
  });

  it('tells the host which model it describes, before that is trained', async () => {
    await stage.open({ scenario: 'empty' });
    await field('Layers').fill('5');
    await field('Heads').fill('8');
    await expect
      .poll(async () => (await stage.asked('configured')).at(-1))
      .toMatchObject({ model: { layers: 5, heads: 8 } });
  });

  it('says what is wrong beside the field, keeps what was typed and does not train it', async () => {
    await stage.open({ scenario: 'empty' });
    await field('Layers').fill('four');
    await field('Heads').fill('3');
    await stage.page.getByText('Layers must be a whole number from 0 to 48').waitFor();
    await field('Layers').fill('2');
    await stage.page.getByText('3 heads do not divide d_model 64').waitFor();
    await picture('validation-error');
    expect(await field('Heads').inputValue()).toBe('3');
    expect(await field('Heads').getAttribute('aria-invalid')).toBe('true');
    const train = button('Train');
    await expect.poll(() => train.isDisabled()).toBe(true);
    await button('Reset').click();
    await expect.poll(() => field('Heads').inputValue()).toBe('4');
    await expect.poll(() => train.isEnabled()).toBe(true);
  });

  it('says that a warm-up is longer than the run, and trains it all the same', async () => {
    await stage.open({ scenario: 'empty' });
    await field('Learning rate').fill('5');
    await field('Steps').fill('60');
    const warning = stage.page.getByText('never reaches its peak').first();
    await warning.waitFor();
    await field('Learning rate').fill('0.004');
    await picture('warning');
    expect(await field('Steps').getAttribute('aria-invalid')).not.toBe('true');
    await expect.poll(() => button('Train').isEnabled()).toBe(true);
    await field('Steps').fill('600');
    await warning.waitFor({ state: 'detached' });
  });

  it('takes a preset by keyboard and says what it shows', async () => {
    await stage.open({ scenario: 'empty' });
    await stage.page.getByRole('combobox', { name: 'Preset' }).focus();
    await stage.page.keyboard.press('ArrowDown');
    await stage.page.keyboard.press('Enter');
    await stage.page.getByText('the loss settles on the bigram line').waitFor();
    await expect.poll(() => field('Layers').inputValue()).toBe('0');
  });

  it('steps numbers with the arrow keys', async () => {
    await stage.open({ scenario: 'empty' });
    await field('Width (d_model)').focus();
    await stage.page.keyboard.press('ArrowUp');
    await expect.poll(() => field('Width (d_model)').inputValue()).toBe('72');
  });

  it('tells a screen reader what a field means', async () => {
    await stage.open({ scenario: 'empty' });
    const snapshot = await stage.page.evaluate(() => {
      const input = document
        .querySelector('#field-model-layers')
        ?.shadowRoot?.querySelector('input');
      return input?.ariaDescribedByElements?.map((element) => element.textContent).join(' ');
    });
    expect(snapshot).toContain('How many blocks are stacked');
  });

  it('keeps what was typed when the page is reloaded', async () => {
    await stage.open({ scenario: 'empty' });
    await field('Steps').fill('77');
    await stage.page.reload();
    await stage.page.getByText('Steps: 8,000 → 77').waitFor();
    await stage.open({ scenario: 'paused' });
    await field('Prompt').fill('once upon');
    await stage.page.reload();
    await expect.poll(() => field('Prompt').inputValue()).toBe('once upon');
  });

  it('is a line while a run is active, opened on demand, and says why it cannot be changed', async () => {
    await stage.open({ scenario: 'training' });
    const line = stage.page.getByRole('group', { name: 'Configuration' });
    expect(await line.textContent()).toContain('Small stories · 2 layers · d 64 · 4 heads');
    expect(await line.textContent()).toContain('108,288 parameters');
    expect(await field('Layers').count()).toBe(0);
    await button('Show configuration').click();
    await stage.page.getByText('These values belong to the run that is active').waitFor();
    expect(await field('Layers').isEditable()).toBe(false);
    await button('Hide configuration').click();
    await line.waitFor();
  });

  it('makes room when its run starts, and names the run’s text', async () => {
    await stage.open({ scenario: 'empty' });
    await button('Train Tiny GPT').click();
    await stage.page.getByText(/^Step \d+ of 3,000/).waitFor();
    expect(await field('Layers').count()).toBe(0);
  });

  it('is hidden again by a link in one place, whether the run is active or stopped', async () => {
    for (const theme of themes) {
      await stage.open({ scenario: 'training', theme });
      await button('Show configuration').click();
      const hide = button('Hide configuration');
      const heading = stage.page.locator('#configuration .panel-heading');
      const rightOf = async (part: Locator): Promise<number> => {
        const box = await part.boundingBox();
        return box === null ? NaN : Math.round(box.x + box.width);
      };
      expect(await rightOf(hide)).toBe(await rightOf(heading));
      await button('Stop').click();
      const reset = button('Reset');
      await reset.waitFor();
      const resetBox = await reset.boundingBox();
      expect(await rightOf(reset)).toBe(await rightOf(heading));
      expect(Math.abs((resetBox?.x ?? 0) - (await rightOf(hide)))).toBeLessThan(16);
      await picture(`configuration-of-stopped-${theme}`);
    }
  });

  it('offers every setting of the schema', async () => {
    await stage.open({ scenario: 'empty' });
    await stage.page.getByText('All settings').click();
    await field('Adam β₂').waitFor();
    expect(
      await stage.page.getByRole('checkbox', { name: 'Residual connections' }).isChecked(),
    ).toBe(true);
    await picture('all-settings');
  });

  it('keeps a wrong value in sight, however its section is folded, and Train names it', async () => {
    await stage.open({ scenario: 'empty' });
    const section = stage.page.getByText('All settings');
    await section.click();
    await field('Warm-up steps').fill('-5');
    const complaint = stage.page.getByText('Warm-up steps must be');
    await complaint.waitFor();
    await section.click();
    await stage.page.waitForTimeout(200);
    expect(await complaint.isVisible()).toBe(true);
    await stage.page.getByTitle('Correct “Warm-up steps” first').first().waitFor();
    await field('Warm-up steps').fill('5');
    await expect.poll(() => button('Train').isEnabled()).toBe(true);
    expect(await field('Warm-up steps').isVisible()).toBe(true);
    await section.click();
    await expect.poll(() => field('Warm-up steps').count()).toBe(0);
  });
});

describe('a text of the user’s', () => {
  it('is named beside the field, and another one is trained under its own name', async () => {
    await stage.open({ scenario: 'text' });
    await button('Edit configuration').click();
    const choice = stage.page.getByRole('group', { name: 'Your text' });
    await choice.getByText('sonnets.txt').waitFor();
    await button('Train on sonnets.txt').waitFor();
    await picture('text-chosen');
    await button('Choose Another Text …').click();
    await choice.getByText('recipes.txt').waitFor();
    await field('Layers').fill('4');
    await button('Train on recipes.txt').click();
    await expect
      .poll(() => stage.asked('train'))
      .toMatchObject([{ config: { name: 'recipes.txt (Layers 4)', data: { source: 'text' } } }]);
  });

  it('has to be chosen before it can be learned from', async () => {
    await stage.open({ scenario: 'empty' });
    await stage.page.getByRole('combobox', { name: 'Preset' }).focus();
    await stage.page.keyboard.press('End');
    await stage.page.getByText('None chosen yet').waitFor();
    await picture('text-missing');
    await expect.poll(() => button('Train on your text').last().isDisabled()).toBe(true);
    await stage.page.getByTitle('Choose a text first').first().waitFor();
    await button('Choose a Text …').click();
    await stage.page.getByText('A small model reads recipes.txt').waitFor();
    await expect.poll(() => button('Train on recipes.txt').count()).toBe(2);
    expect(await stage.page.getByText('Changed from the preset').count()).toBe(0);
  });

  it('that could not be started leaves the form at its preset, and the buttons name it', async () => {
    await stage.open({ scenario: 'unstarted' });
    await stage.page.getByText('Could not start “e-50.txt”').waitFor();
    await picture('text-unstarted');
    expect(await button('Train on e-50.txt').count()).toBe(2);
    expect(await stage.page.getByText('Changed from the preset').count()).toBe(0);
    expect(await field('Layers').inputValue()).toBe('3');
    await stage.page.getByRole('group', { name: 'Your text' }).getByText('e-50.txt').waitFor();
  });
});

describe('a run', () => {
  it('is paused, stepped, resumed and stopped from the bar', async () => {
    await stage.open({ scenario: 'live' });
    await button('Pause').click();
    await expect.poll(progress).toMatch(/^Paused at step/);
    const before = await progress();
    await button('Step').click();
    await expect.poll(progress).not.toBe(before);
    await button('Resume').click();
    await expect.poll(progress).toMatch(/^Step \d+ of/);
    await button('Stop').click();
    await expect.poll(progress).toMatch(/^Stopped at step/);
    await expect.poll(() => button('Train').isEnabled()).toBe(true);
  });

  it('announces phases and evaluations to screen readers, not each step', async () => {
    await stage.open({ scenario: 'live' });
    const status = stage.page.getByRole('status');
    await expect.poll(() => status.textContent()).toContain('raining from step');
    await stage.page.getByText(/^Step (5|10|15) of/).waitFor();
    expect(await status.textContent()).not.toContain('Step 5');
    await button('Pause').click();
    await expect.poll(() => status.textContent()).toMatch(/Paused at step/);
  });

  it('that loads says when it writes for the first time: the first sample is that of step 0', async () => {
    await stage.open({ scenario: 'loading' });
    await stage.page.getByText('Its first text comes with the first step.').waitFor();
  });

  it('that wrote only line breaks says so in place of an empty box', async () => {
    await stage.open({ scenario: 'training' });
    const blank = stage.page.getByRole('listitem').filter({ hasText: 'Step 100' });
    await blank.getByText('(only line breaks)').waitFor();
    await picture('only-line-breaks');
  });

  it('that diverged says at which step once', async () => {
    await stage.open({ scenario: 'failed' });
    expect(await stage.page.getByRole('alert').textContent()).toContain('diverged at step 2,494');
    expect(await progress()).toBe('Diverged.');
  });

  it('that can be continued shows its curve and samples before it goes on', async () => {
    await stage.open({ scenario: 'resumable' });
    await stage.page.getByText('Step 1,495', { exact: true }).waitFor();
    await stage.page.getByRole('heading', { name: 'Step 400' }).waitFor();
    expect(await button('Generate').isDisabled()).toBe(true);
    await stage.page.getByTitle('Resume the run to write with it').waitFor();
  });

  it('of before a reload shows its curve while a window may have it, and offers nothing yet', async () => {
    await stage.open({ scenario: 'claimed' });
    await stage.page.getByText('“Tiny GPT” is saved at step 1,500 of 3,000.').waitFor();
    await stage.page.getByText('Step 1,495', { exact: true }).waitFor();
    await stage.page.getByTitle('The model can be loaded when its run is free').waitFor();
    expect(await button('Resume').count()).toBe(0);
    await picture('claimed');
  });

  it('that is trained is not said to be continued: it can be loaded, to write with it', async () => {
    await stage.open({ scenario: 'trained' });
    await stage.page.getByText('“Tiny GPT” is trained: 3,000 steps, validation loss').waitFor();
    await stage.page.getByTitle('Load the model to write with it').waitFor();
    expect(await button('Resume').count()).toBe(0);
    await button('Load').click();
    await expect.poll(() => stage.asked('resumeRun')).toEqual([{ runId: 'run-trained' }]);
  });
});

describe('the page', () => {
  it('is drawn in the colours of its theme from the first moment', async () => {
    await stage.page.addInitScript(() => {
      const colourOf = (control: Element): string =>
        getComputedStyle(control).getPropertyValue('--button-primary-background');
      new MutationObserver((_changes, observer) => {
        const control = document.querySelector('vscode-button');
        if (control === null) return;
        observer.disconnect();
        document.documentElement.dataset.first = colourOf(control);
      }).observe(document, { childList: true, subtree: true });
    });
    await stage.open({ scenario: 'empty', theme: 'light' });
    const [first, last] = await stage.page.evaluate(() => [
      document.documentElement.dataset.first,
      getComputedStyle(document.body).getPropertyValue('--button-primary-background'),
    ]);
    expect(first).toMatch(/^#|^rgb/);
    expect(first).toBe(last);
  });
});

describe('the prompt', () => {
  it('streams what the model writes, after the prompt', async () => {
    await stage.open({ scenario: 'paused' });
    await field('Prompt').fill('who has the ball?');
    await stage.page.keyboard.press('Control+Enter');
    await stage.page.getByText('Writing …').waitFor();
    await picture('writing');
    await stage.page.getByText('24 tokens, 412 tokens/s').waitFor();
    expect(await stage.page.getByLabel('What the model wrote').textContent()).toMatch(
      /^who has the ball\? the dog runs\. ann has the ball now\./,
    );
  });

  it('without a model says what brings one, to whoever presses Ctrl+Enter as well', async () => {
    await stage.open({ scenario: 'resumable' });
    const remedy = 'Resume the run to write with it';
    const help = stage.page.locator('#prompt .field-help').first();
    expect(await help.textContent()).toBe(`${remedy}.`);
    await picture('prompt-without-model');
    await field('Prompt').focus();
    const status = stage.page.getByRole('status');
    const said = new Set<string | null>();
    for (let press = 0; press < 2; press += 1) {
      await stage.page.keyboard.press('Control+Enter');
      await expect.poll(() => status.textContent().then((text) => text?.trim())).toBe(remedy);
      said.add(await status.textContent());
    }
    // Each press changes the region, or the second one would be silent.
    expect(said.size).toBe(2);
    await stage.open({ scenario: 'paused' });
    expect(await help.textContent()).toContain('Ctrl+Enter or ⌘Enter generates');
  });

  it('can be told from what the model wrote in every theme, not by its colour alone', async () => {
    for (const theme of themes) {
      await stage.open({ scenario: 'paused', theme });
      await field('Prompt').fill('a beginning');
      await button('Generate').click();
      await stage.page.getByText('24 tokens, 412 tokens/s').waitFor();
      const written = stage.page.getByLabel('What the model wrote');
      await picture(`written-${theme}`);
      const weights = await written.evaluate((element) =>
        [element.firstElementChild, element].map((part) =>
          part === null ? 0 : Number(getComputedStyle(part).fontWeight),
        ),
      );
      expect(weights).toEqual([700, 400]);
    }
  });

  it('that the model answers with line breaks says so, once it has written', async () => {
    await stage.open({ scenario: 'paused' });
    await field('Prompt').fill('in silence');
    await button('Generate').click();
    await stage.page.getByText('with the weights of step').waitFor();
    const written = stage.page.getByLabel('What the model wrote');
    expect(await written.textContent()).toBe('in silence(only line breaks)');
    await picture('in-silence');
  });

  it('with an unknown character says which, and keeps the text', async () => {
    await stage.open({ scenario: 'paused' });
    await field('Prompt').fill('10 € for the ball');
    await button('Generate').click();
    await stage.page.getByText('does not occur in the text this model learned from').waitFor();
    expect(await field('Prompt').inputValue()).toBe('10 € for the ball');
    await picture('unknown-character');
  });

  it('can be stopped, and keeps what was written', async () => {
    await stage.open({ scenario: 'paused' });
    await field('Prompt').fill('at length');
    await button('Generate').click();
    const written = (): Promise<string | null> =>
      stage.page.getByLabel('What the model wrote').textContent();
    await expect.poll(written).toContain('the dog');
    await button('Stop Writing').click();
    await stage.page.getByText('Stopped.', { exact: true }).waitFor();
    expect(await written()).toContain('the dog');
  });
});
