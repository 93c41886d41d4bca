/** @file The attention page as its users work it: pointer, keyboard, text, training, files. */
import { beforeEach, describe, expect, it } from 'vitest';
import { longestFrame } from '../vscode/driver/frames';
import { useAttentionStage, type AttentionStage } from './harness/openAttention';

let stage: AttentionStage;

useAttentionStage((opened) => {
  stage = opened;
});

const first = 'decoder.0.selfAttention.pattern';
const second = 'decoder.1.selfAttention.pattern';

const keys = async (...names: string[]): Promise<void> => {
  for (const name of names) await stage.page.keyboard.press(name);
};

const titles = (): Promise<string[]> => stage.page.locator('.large-head h3').allInnerTexts();

const reading = (): Promise<string | null> =>
  stage.page.locator('.heatmap-reading').first().textContent();

const tokens = (count: number): Promise<void> =>
  stage.page.locator('#looked .panel-note', { hasText: `${count} tokens` }).waitFor();

const map = () => stage.page.locator('.heatmap-frame').first();

async function chooseIn(list: string, entry: string): Promise<void> {
  await stage.page.locator(`#${list}`).click();
  await stage.page.locator(`#${list}`).getByRole('option', { name: entry, exact: true }).click();
}

describe('the heads', () => {
  beforeEach(() => stage.open());

  it('are reached by arrow keys and opened with Enter, which selects them everywhere', async () => {
    await stage.page.getByRole('gridcell', { name: /^Layer 0, Head 0/ }).focus();
    await keys('ArrowRight', 'ArrowDown', 'Enter');
    await expect.poll(titles).toEqual(['Layer 0, head 0', 'Layer 1, head 1']);
    await expect.poll(() => stage.asked('select')).toEqual([{ path: second, head: 1 }]);
    await keys('Enter');
    await expect.poll(titles).toEqual(['Layer 0, head 0']);
    // What is closed is not what the user wants to see elsewhere: it is what stays open.
    const first = 'decoder.0.selfAttention.pattern';
    await expect
      .poll(() => stage.asked('select'))
      .toEqual([
        { path: second, head: 1 },
        { path: first, head: 0 },
      ]);
  });

  it('one of them has the focus, whichever was pressed', async () => {
    await stage.page.getByRole('gridcell', { name: /^Layer 1, Head 2/ }).click();
    expect(await stage.page.locator('.head-cell[tabindex="0"]').count()).toBe(1);
    await keys('Home');
    const name = await stage.page.evaluate(() => document.activeElement?.textContent);
    expect(name).toMatch(/^Layer 1, Head 0/);
  });

  it('say what they do and what silencing them costs', async () => {
    await stage.page.getByText('Silenced at step 480').waitFor();
    const cell = stage.page.getByRole('gridcell', { name: /^Layer 0, Head 2/ });
    await expect.poll(() => cell.textContent()).toContain('Induction 0.90');
    expect(await cell.textContent()).toContain('+0.812');
  });

  it('are opened by a selection made elsewhere, with the token that it names', async () => {
    await stage.page.evaluate((path) => {
      window.attention.select({ path, head: 3, token: 9 });
    }, 'decoder.1.selfAttention.scores');
    await expect.poll(titles).toEqual(['Layer 1, head 3']);
    await expect.poll(reading).toContain('“u” (9) looks at “t” (0)');
  });
});

describe('a large picture', () => {
  beforeEach(() => stage.open());

  it('is read by arrow keys, whose token is selected with Enter and forgotten with Escape', async () => {
    await map().focus();
    await keys('ArrowRight');
    await expect.poll(reading).toMatch(/^“n” \(31\) looks at “t” \(0\) with weight 0\.0/);
    await keys('ArrowUp', 'End');
    await expect.poll(reading).toContain('“␣” (30) cannot look at “n” (31): it comes later.');
    await keys('Enter');
    await expect.poll(() => stage.asked('select')).toEqual([{ path: first, head: 0, token: 30 }]);
    await keys('Escape');
    await expect.poll(reading).toContain('Point at a cell');
  });

  it('is read under the pointer', async () => {
    const box = await map().boundingBox();
    if (box === null) throw new Error('The map has no place.');
    await stage.page.mouse.move(box.x + box.width - 4, box.y + box.height - 4);
    await expect.poll(reading).toContain('“n” (31) looks at “n” (31)');
    await stage.page.mouse.move(2, 2);
    await expect.poll(reading).toContain('Point at a cell');
  });

  it('colours nothing that cannot be looked at, and all of it without a mask', async () => {
    const coloured = (): Promise<number> =>
      stage.page.evaluate(() => {
        const canvas = document.querySelector<HTMLCanvasElement>('.heatmap-canvas');
        const context = canvas?.getContext('2d');
        if (!canvas || !context) return -1;
        // Well above the diagonal.
        const { width } = canvas;
        const { data } = context.getImageData(width * 0.7, width * 0.15, width / 5, width / 5);
        let opaque = 0;
        for (let at = 3; at < data.length; at += 4) if ((data[at] ?? 0) > 200) opaque += 1;
        return opaque / (data.length / 4);
      });
    expect(await coloured()).toBe(0);
    await stage.open({ mask: 'none' });
    await expect.poll(coloured).toBeGreaterThan(0.95);
  });

  it('is enlarged until its tokens have their names, and scrolls with the mark', async () => {
    await stage.open({ context: 200 });
    await map().focus();
    await keys('+', '+', '+', 'ArrowUp', 'End');
    const scrolled = await map().evaluate((frame) => [frame.scrollLeft, frame.scrollTop]);
    expect(Math.min(...scrolled)).toBeGreaterThan(500);
    await keys('Control+Home');
    await expect.poll(() => map().evaluate((frame) => frame.scrollTop)).toBe(0);
  });

  it('keeps the marked cell in sight when it is enlarged, and reduced again', async () => {
    await stage.open({ context: 200 });
    await map().focus();
    await keys('Control+End', 'Control+End', '+', '+');
    const hidden = () =>
      map().evaluate((frame) => [
        frame.scrollWidth - frame.clientWidth - frame.scrollLeft,
        frame.scrollHeight - frame.clientHeight - frame.scrollTop,
      ]);
    await expect.poll(async () => Math.max(...(await hidden()))).toBeLessThan(3);
    await stage.page.getByRole('button', { name: 'Reduce' }).click();
    await expect.poll(async () => Math.max(...(await hidden()))).toBeLessThan(3);
    expect(await map().evaluate((frame) => frame.scrollTop)).toBeGreaterThan(100);
  });

  it('has a table of its strongest pairs for those who do not see it', async () => {
    await stage.page.getByText('As text').click();
    const rows = stage.page.locator('.attention-table').first().locator('tbody tr');
    expect(await rows.count()).toBe(20);
    expect(await rows.first().innerText()).toMatch(/“t” \(0\)\s+“t” \(0\)\s+1\.000/);
  });

  it('is drawn as lines, walked by arrow keys', async () => {
    await chooseIn('picture-shape', 'Lines');
    const last = stage.page.getByRole('option', { name: /^“n” \(31\) looks most at/ });
    const active = (): Promise<string | null | undefined> =>
      stage.page.evaluate(() => document.activeElement?.getAttribute('aria-label'));

    await last.focus();
    await expect.poll(active).toMatch(/^“n” \(31\)/);
    await keys('ArrowUp');
    await expect.poll(active).toMatch(/^“␣” \(30\) looks most at “l” \(29\)/);
  });

  it('says beside it that weight is not importance, and how to test that', async () => {
    await stage.page.getByText('Attention weight is not importance.').waitFor();
    await stage.page.getByText('Silenced at step 480').waitFor();
    await stage.page
      .getByRole('button', { name: 'Silence each head in turn', exact: true })
      .click();
    await expect
      .poll(async () => (await stage.asked('headRoles')).at(-1))
      .toEqual({ silence: true, live: false });
  });

  it('leads to the source, the explanation and the playground', async () => {
    await stage.page.getByRole('button', { name: 'Go to Source' }).click();
    await stage.page.getByRole('button', { name: 'What is this?' }).click();
    await stage.page.getByRole('button', { name: 'Playground', exact: true }).click();
    await expect.poll(() => stage.asked('goToSource')).toEqual([{ path: first }]);
    await expect.poll(() => stage.asked('showExplanation')).toEqual([{ path: first }]);
    await expect.poll(() => stage.asked('openPlayground')).toEqual([null]);
  });
});

describe('the text', () => {
  it('that is typed is looked at when the typing pauses, once', async () => {
    await stage.open();
    await chooseIn('looked-source', 'A text of mine');
    await stage.page.locator('#looked-text textarea').pressSequentially('ann has', { delay: 20 });
    await tokens(7);
    const texts = (await stage.asked('attention')).flatMap((params) => {
      const { of } = params as { of: { text?: string } };
      return of.text === undefined ? [] : [of.text];
    });
    expect(texts).toEqual(['ann has']);
  });

  it('of the batch is held while the model learns, until another window is taken', async () => {
    await stage.open({ scenario: 'training' });
    const froms = async (): Promise<string[]> =>
      (await stage.asked('attention')).map(
        (params) => (params as { of: { from: string } }).of.from,
      );
    await expect.poll(async () => (await froms()).length).toBeGreaterThan(4);
    expect((await froms()).slice(1).filter((from) => from === 'batch')).toEqual([]);
    await stage.page.getByRole('button', { name: 'Newest Batch' }).click();
    await expect
      .poll(async () => (await froms()).filter((from) => from === 'batch'))
      .toHaveLength(2);
  });

  it('that the model writes is looked at as it grows', async () => {
    await stage.open({ scenario: 'training' });
    await chooseIn('looked-source', 'What the model wrote last');
    await tokens(31);
    await stage.page.evaluate(() => {
      window.attention.write('the dog runs.');
    });
    await tokens(13);
  });

  it('with a character that the model does not know says so at its field', async () => {
    await stage.open();
    await stage.page.evaluate(() => {
      window.attention.fail();
    });
    await chooseIn('looked-source', 'A text of mine');
    await stage.page.locator('#looked-text textarea').fill('é');
    await stage.page.locator('.field-error', { hasText: '“é” does not occur' }).waitFor();
  });

  it('that was typed is there again when the page comes back', async () => {
    await stage.open();
    await chooseIn('looked-source', 'A text of mine');
    await stage.page.locator('#looked-text textarea').fill('the ball');
    await tokens(8);
    await stage.page.reload();
    await tokens(8);
    expect(await stage.page.locator('#looked-text textarea').inputValue()).toBe('the ball');
  });
});

describe('while the model trains', () => {
  const count = async (): Promise<number> => (await stage.asked('attention')).length;
  const quiet = async (): Promise<number> => {
    await stage.page.waitForTimeout(500);
    const before = await count();
    await stage.page.waitForTimeout(1000);
    return (await count()) - before;
  };

  beforeEach(() => stage.open({ scenario: 'training' }));

  it('pictures follow one after the other, one at a time, and say their step', async () => {
    const before = await count();
    await expect.poll(count).toBeGreaterThan(before + 2);
    await stage.page.evaluate(() => {
      window.attention.advance(20);
    });
    await expect
      .poll(() => stage.page.locator('.attention-age').textContent())
      .toMatch(/^Step 500/);
  });

  it('a picture that is held grows old and says so', async () => {
    await stage.page.getByRole('button', { name: 'Hold the Picture' }).click();
    expect(await quiet()).toBe(0);
    const before = await count();
    await stage.page.evaluate(() => {
      window.attention.advance(7);
    });
    await stage.page.getByText('7 steps ago').waitFor();
    expect(await quiet()).toBe(0);
    expect(await count()).toBe(before);
  });

  it('nothing is asked while nobody sees the page', async () => {
    await stage.page.evaluate(() => {
      window.attention.setVisible(false);
    });
    expect(await quiet()).toBe(0);
    const before = await count();
    await stage.page.evaluate(() => {
      window.attention.setVisible(true);
    });
    await expect.poll(count).toBeGreaterThan(before);
  });

  it('the last picture stays when the run is gone', async () => {
    await stage.page.evaluate(() => {
      window.attention.lose();
    });
    expect(await quiet()).toBe(0);
    expect(await stage.page.locator('.heatmap-canvas').count()).toBe(1);
  });
});

describe('what is seen', () => {
  const save = async (kind: string) => {
    await stage.page.getByRole('button', { name: kind, exact: true }).click();
    const name = `attention-layer-0-head-0-step-480.${kind.toLowerCase()}`;
    await expect.poll(() => stage.page.evaluate(() => window.attention.saved()?.name)).toBe(name);
    return stage.page.evaluate(() => window.attention.saved());
  };

  it('is saved as a table of numbers', async () => {
    await stage.open();
    const [header, row] = (await save('CSV'))?.head.split('\r\n') ?? [];
    expect(header).toMatch(/^query \\ key,"0 t","1 h","2 e"/);
    expect(row).toBe(`"0 t",1${','.repeat(31)}`);
  });

  it('is saved as pictures, of lines too', async () => {
    await stage.open();
    expect((await save('SVG'))?.head).toContain('<title>Layer 0, head 0, step 480</title>');
    expect((await save('PNG'))?.head.slice(1, 4)).toBe('PNG');
    await chooseIn('picture-shape', 'Lines');
    await stage.page.locator('.lines-query').first().waitFor();
    expect((await save('SVG'))?.head).toContain('<line ');
    expect((await save('PNG'))?.bytes).toBeGreaterThan(10_000);
  });
});

describe('a long text', () => {
  it('is walked row by row, with the picture drawn again for each', async () => {
    await stage.open({ context: 1024, layers: 1, heads: 1 });
    await map().focus();
    const longest = await longestFrame(stage.page, async () => {
      for (let press = 0; press < 30; press += 1) await keys('ArrowUp');
    });
    await expect.poll(reading).toContain('(994) looks at');
    const times = await stage.page.evaluate(() => window.attention.measure(144, 128, 1024));
    const [thumbnails, whole, mark] = [times.thumbnails, times.map, times.mark].map((ms) =>
      ms.toFixed(1),
    );
    console.log(
      `    12 × 12 heads × 128 tokens: ${thumbnails} ms; one head × 1,024 tokens: ${whole} ms, ${mark} ms when the mark moves; longest frame while it moves: ${longest.toFixed(0)} ms`,
    );
  });
});
