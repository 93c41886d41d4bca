/** @file Parts of the model silenced and patched on the attention page, as its users do it. */
import { describe, expect, it } from 'vitest';
import { barriersOn } from './harness/barriers';
import { useAttentionStage, type AttentionStage } from './harness/openAttention';
import { takePicture } from './harness/picture';
import { themesOfView } from './harness/site';

let stage: AttentionStage;

useAttentionStage((opened) => {
  stage = opened;
});

const panel = () => stage.page.locator('#what-if');

async function choose(list: string, entry: string): Promise<void> {
  await stage.page.locator(`#${list}`).click();
  await stage.page.locator(`#${list}`).getByRole('option', { name: entry, exact: true }).click();
}

const press = (name: string): Promise<void> =>
  panel().getByRole('button', { name, exact: true }).click();

const inForce = (): Promise<string[]> => panel().locator('.changes li').allInnerTexts();

const verdict = (): Promise<string> => panel().locator('.verdict').innerText();

async function type(text: string): Promise<void> {
  await choose('looked-source', 'A text of mine');
  await stage.page.locator('#looked-text textarea').fill(text);
  await stage.page.locator('#looked .panel-note', { hasText: `${text.length} tokens` }).waitFor();
}

describe('silence', () => {
  it('takes the open head out and says what the loss, the next token and the text become', async () => {
    await stage.open();
    await type('the dog');
    await press('Make the Change');
    await expect
      .poll(verdict)
      .toBe(
        'With “Layer 0, head 0 silenced” the loss on this text rises by 0.420, from 1.234 to 1.654 nats per token.',
      );
    const head = { part: 'head', path: 'decoder.0.selfAttention.pattern', head: 0 };
    expect((await stage.asked('whatIf')).at(-1)).toMatchObject({
      changes: [{ do: 'zero', at: head }],
    });
    const rows = panel().locator('.next-tokens tbody tr');
    expect(await rows.first().innerText()).toMatch(/e\s+60 %\s+21 %/);
    expect(await panel().locator('mark').allInnerTexts()).toEqual(['t', 'a']);
    await panel().getByText('They part at the token that is marked').waitFor();
  });

  it('is of an MLP or of a whole layer too, at the mean, and of one token alone', async () => {
    await stage.open();
    await stage.page.getByRole('button', { name: '“h” (1)', exact: true }).click();
    await choose('what-if-part', 'Layer 1, MLP');
    await choose('what-if-deed', 'Set it to its mean');
    await panel().locator('#what-if-at').click();
    await press('Make the Change');
    await expect.poll(inForce).toEqual(['Layer 1, MLP at its mean, at token 1']);
    await choose('what-if-part', 'Layer 0, the whole layer');
    await press('Make the Change');
    await expect
      .poll(verdict)
      .toContain('With these 2 changes the loss on this text rises by 0.840');
    expect((await stage.asked('whatIf')).at(-1)).toMatchObject({
      changes: [
        { do: 'mean', at: { part: 'value', path: 'decoder.1.mlp.output', positions: [1] } },
        { do: 'mean', at: { part: 'layer', layer: 0 } },
      ],
    });
    // The text fills the context.
    await panel().getByText('The text is not continued').waitFor();
  });

  it('is taken back change by change, at once, and by key', async () => {
    await stage.open();
    await press('Make the Change');
    await choose('what-if-part', 'Layer 1, MLP');
    await press('Make the Change');
    await expect.poll(inForce).toHaveLength(2);
    await press('Remove: Layer 0, head 0 silenced');
    await expect.poll(inForce).toEqual(['Layer 1, MLP silenced']);
    await press('Undo');
    await expect.poll(inForce).toHaveLength(2);
    await press('Remove All');
    await panel().getByText('None: the model is as it was trained').waitFor();
    expect(await panel().locator('.verdict').count()).toBe(0);
    await stage.page.keyboard.press('Control+z');
    await expect.poll(inForce).toHaveLength(2);
  });

  it('holds for the text that is looked at next', async () => {
    await stage.open();
    await press('Make the Change');
    await expect.poll(inForce).toHaveLength(1);
    await type('ann');
    await expect
      .poll(async () => {
        const { of } = (await stage.asked('whatIf')).at(-1) as { of: { ids: object } };
        return Object.values(of.ids).length;
      })
      .toBe(3);
  });
});

describe('a patch', () => {
  it('takes the value of another text of as many tokens', async () => {
    await stage.open();
    await type('the dog');
    await choose('what-if-part', 'Layer 0, the whole layer');
    await choose('what-if-deed', 'Patch it from another text');
    await panel().locator('#what-if-text textarea').fill('the cat');
    await press('Make the Change');
    await expect.poll(verdict).toContain('“Layer 0, the whole layer patched from ‘the cat’”');
    const at = { part: 'value', path: 'decoder.0.residualAfter' };
    expect((await stage.asked('whatIf')).at(-1)).toMatchObject({
      changes: [{ do: 'patch', from: { from: 'text', text: 'the cat' }, at }],
    });
  });

  it('is refused at its field for what is known: its length, or a character', async () => {
    await stage.open();
    await type('the dog');
    await choose('what-if-deed', 'Patch it from another text');
    const make = panel().getByRole('button', { name: 'Make the Change' });
    const error = panel().locator('.change-form .field-error');
    const field = panel().locator('#what-if-text textarea');
    await field.fill('cat');
    await expect
      .poll(() => error.innerText())
      .toContain('It has 3 tokens, and the text shown has 7.');
    expect(await make.isDisabled()).toBe(true);
    await field.fill('the cät');
    await expect.poll(() => error.innerText()).toContain('“ä” does not occur');
    expect(await make.isDisabled()).toBe(true);
    expect(await inForce()).toEqual([]);
    await field.fill('the cat');
    await make.click();
    await expect.poll(verdict).toContain('patched from ‘the cat’” the loss');
    expect(await error.count()).toBe(0);
  });

  it('that no longer fits the text says why beside it, and the others stay in force', async () => {
    await stage.open();
    await type('the dog');
    await press('Make the Change');
    await choose('what-if-deed', 'Patch it from another text');
    await panel().locator('#what-if-text textarea').fill('the cat');
    await press('Make the Change');
    await expect.poll(verdict).toContain('With these 2 changes');
    await type('ann');
    const marked = panel().locator('.changes li', { hasText: 'Not in force' });
    await expect
      .poll(() => marked.innerText())
      .toContain(
        'its text has 7 tokens, and the text shown has 3. Remove it, or look at a text of 7 tokens.',
      );
    expect(await marked.count()).toBe(1);
    await expect.poll(verdict).toContain('With “Layer 0, head 0 silenced” the loss');
    expect((await stage.asked('whatIf')).at(-1)).toMatchObject({ changes: [{ do: 'zero' }] });
    await press('Remove: Layer 0, head 0 patched from ‘the cat’');
    await expect.poll(inForce).toEqual(['Layer 0, head 0 silenced']);
  });

  it('needs one token where the text shown has one', async () => {
    await stage.open();
    await choose('looked-source', 'A text of mine');
    await stage.page.locator('#looked-text textarea').fill('t');
    await stage.page.locator('#looked .panel-note', { hasText: /^1 token ·/ }).waitFor();
    await choose('what-if-deed', 'Patch it from another text');
    await panel().getByText('It must have 1 token, as the text shown has.').waitFor();
  });
});

describe('what fails', () => {
  it('is not said to be in force', async () => {
    await stage.open();
    await stage.page.evaluate(() => {
      window.attention.fail();
    });
    await press('Make the Change');
    await panel().locator('.field-error', { hasText: 'Nothing is in force.' }).waitFor();
    await press('Undo');
    await expect.poll(() => panel().locator('.field-error').count()).toBe(0);
  });
});

describe.each(themesOfView('hc-dark'))('with the theme %s', (theme) => {
  it.each([1280, 320])('changes and what becomes of them can be read at %i', async (width) => {
    await stage.open({ theme, width });
    await type('the dog');
    await press('Make the Change');
    await choose('what-if-deed', 'Patch it from another text');
    await panel().locator('.verdict').waitFor();
    await takePicture(stage.page, `what-if-${theme}-${width}`);
    expect(await barriersOn(stage.page)).toEqual([]);
    const overflow = await stage.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
  });
});
