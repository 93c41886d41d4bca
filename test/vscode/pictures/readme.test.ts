/** @file Takes the README's pictures, `npm run pictures`, of the product as it is. */
import { copyFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { inRepository } from '../../tools/support/repository';
import { AttentionView } from '../driver/attention';
import { GenerationView } from '../driver/generation';
import { journey } from '../driver/journey';
import { Playground } from '../driver/playground';
import { poll } from '../driver/poll';
import { SourceEditor } from '../driver/source';
import type { VscodeWindow } from '../driver/window';

/** Steps after which Tiny GPT writes words and its heads have something to show. */
const learnt = 3030;

/** Pixels of the window; the pictures of the views are cut out of it. */
const viewport = { width: 1360, height: 760 };

/** Gives the view that is in front the whole width. */
const alone = 'View: Toggle Maximize Editor Group';

suite('Pictures', () => {
  journey(
    'the playground while Tiny GPT learns, and then its source, its attention and what it writes',
    async (vscode) => {
      const window = await vscode.openWindow('README.md');
      const playground = new Playground(window);
      await window.useTheme('dark');
      await window.runCommand('Transformer: Train Tiny Model');
      await window.runCommand('View: Close Primary Side Bar');
      await poll(
        () => playground.step(),
        (step) => step >= learnt,
        { timeoutSeconds: 420, what: 'some steps' },
      );
      await copyFile(await window.screenshot('readme'), picture('playground'));
      await takeSource(window);
      await window.runCommand('Transformer: Pause Training');
      await takeAttention(window);
      await takeGeneration(window);
    },
    { timeoutSeconds: 660, chromium: { viewport } },
  );
});

/** Lenses over the lines of a head, and the hover of one of them. */
async function takeSource(window: VscodeWindow): Promise<void> {
  const source = new SourceEditor(window);
  await source.open();
  await window.runCommand(alone);
  await source.goTo('attention.ts');
  await source.line(50);
  await source.says(/μ −?[\d.e-]+ σ [\d.e-]+ · step [\d,]+, \d+ s ago/);
  await source.hover(/trace\('pattern'/);
  await poll(
    () => source.hoverSays(),
    (text) => text.includes('Gradient of the loss'),
    { what: 'a hover' },
  );
  await cut(window.page, 'source', { x: 52, y: 35, width: 1000, height: 660 });
}

/** A head beside all others. */
async function takeAttention(window: VscodeWindow): Promise<void> {
  await window.runCommand('Transformer: Show Attention');
  const attention = new AttentionView(window);
  await attention.says(/Attention weight is not importance/);
  await window.runCommand(alone);
  const frame = await attention.frame();
  await attention.choose('looked-source', 'A text of mine');
  await frame.locator('#looked-text textarea').fill('tom has a ball. tom gives');
  await attention.says(/25 tokens/);
  await attention.toggle(0, 1);
  await attention.toggle(0, 0);
  await attention.says(/Layer 0, head 1/);
  await attention.says(/off: [+−±]/);
  await frame.locator('.attention-pictures').evaluate((pictures) => {
    pictures.scrollIntoView({ block: 'start' });
  });
  // What the pointer is left on would look chosen.
  await window.page.mouse.move(0, 0);
  await cut(window.page, 'attention', { x: 52, y: 35, width: 1308, height: 692 });
}

/** A text by probability, with the alternatives of one of its tokens. */
async function takeGeneration(window: VscodeWindow): Promise<void> {
  await window.runCommand('Transformer: Open Generation View');
  const view = new GenerationView(window);
  await widenSideBar(window.page, 520);
  await view.set('field-sampling-maxTokens', '120');
  await view.generate('the dog ');
  await (await view.token(0)).click();
  await view.says(/is token 0 after the prompt/);
  const frame = await view.frame();
  await frame.locator('#written').evaluate((written) => {
    written.scrollIntoView({ block: 'start' });
  });
  await window.page.mouse.move(0, 0);
  await cut(window.page, 'generation', { x: 48, y: 35, width: 520, height: 692 });
}

async function widenSideBar(page: Page, width: number): Promise<void> {
  const box = await page.locator('.part.sidebar').boundingBox();
  if (box === null) throw new Error('The side bar is not in sight.');
  const edge = box.x + box.width;
  await page.mouse.move(edge, 300);
  await page.mouse.down();
  await page.mouse.move(box.x + width, 300, { steps: 5 });
  await page.mouse.up();
  // The edge is drawn thicker while the pointer is on it.
  await page.mouse.move(0, 0);
}

type Clip = NonNullable<NonNullable<Parameters<Page['screenshot']>[0]>['clip']>;

async function cut(page: Page, name: string, clip: Clip): Promise<void> {
  await page.screenshot({ path: picture(name), clip });
}

const picture = (name: string): string => inRepository('media', `${name}.png`);
