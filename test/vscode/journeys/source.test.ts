/** @file The model's source in the editor: lenses, hovers, hints, and the one selection. */
import assert from 'node:assert/strict';
import { AttentionView } from '../driver/attention';
import { journey } from '../driver/journey';
import { onWasm, Playground, trainTinyModel } from '../driver/playground';
import { poll } from '../driver/poll';
import { SourceEditor } from '../driver/source';

const lensesOff = { 'editor.codeLens': false };

suite('The model’s source', () => {
  journey(
    'is read with live shapes, in light and in high contrast, and leads to its heatmap and back',
    async (vscode) => {
      const window = await vscode.openWindow('README.md');
      const source = new SourceEditor(window);
      await window.useTheme('light');
      await window.runCommand('View: Toggle Primary Side Bar Visibility');
      await source.open();
      await source.goTo('attention.ts');
      await source.line(50);
      await source.says(/batch × head 4 × query × key/);
      const before = await source.lensCount();
      await window.screenshot('source-before-a-run');

      await window.runCommand('Transformer: Train Tiny Model');
      const playground = new Playground(window);
      await playground.reach(20);
      await source.open();
      await source.goTo('attention.ts');
      await source.line(50);
      await source.says(/batch 3 × head 4 × query 96 × key 96/);
      await source.says(/μ −?[\d.e-]+ σ [\d.e-]+ · step [\d,]+, \d+ s ago/);
      assert.equal(await source.lensCount(), before);
      for (const theme of ['light', 'highContrastDark'] as const) {
        await window.useTheme(theme);
        await source.hover(/trace\('pattern'/);
        const wanted = ['which token is looked at', 'Gradient of the loss', 'FLOPs', 'Paper'];
        await poll(
          () => source.hoverSays(),
          (text) => wanted.every((part) => text.includes(part)),
          { what: `a hover with ${wanted.join(', ')}` },
        );
        await window.screenshot(`source-hover-${theme}`);
      }
      await source.followHover('Attention Heatmap');
      const attention = new AttentionView(window);
      await attention.says(/Attention weight is not importance/);
      await window.screenshot('source-to-heatmap');
      await attention.press('Go to Source');
      await window.page.locator('.tab.active[data-resource-name="attention.ts"]').waitFor();
      await source.marks(/trace\('pattern'/);
    },
    { settings: onWasm },
  );

  journey(
    'shows another layer when it is chosen, explains a line, and goes to where a name leads',
    async (vscode) => {
      const window = await vscode.openWindow('README.md');
      const source = new SourceEditor(window);
      await source.open();
      await source.goTo('layerNorm.ts');
      await source.says(/Shown: layer 0 of 0–1 · decoder\.0\.attentionNorm/);
      await window.runCommand('Transformer: Choose Layer Shown');
      await window.page.locator('.quick-input-title', { hasText: 'Layer Shown' }).waitFor();
      await window.screenshot('source-choose-layer');
      await window.pick('layer 1 of 0–1 · decoder.1.mlpNorm');
      await source.says(/Shown: layer 1 of 0–1 · decoder\.1\.mlpNorm/);

      await source.goTo('attention.ts');
      await source.says(/Shown: layer 1 of 0–1 · decoder\.1\.selfAttention/);
      await source.line(50, 62);
      await window.page.keyboard.press('F12');
      await window.page.locator('.tab.active[data-resource-name="softmax.ts"]').waitFor();
      await source.goTo('attention.ts');
      await source.line(50);
      await source.says(/query × key/);
      await source.press('What is this?', /trace\('pattern'/);
      await window.webview('h1:has-text("Attention pattern")');
      await window.screenshot('source-explanation');
    },
    { onlyInFull: true, settings: onWasm },
  );

  journey(
    'follows what is selected in the attention view, and leaves the focus there',
    async (vscode) => {
      const { window, playground } = await trainTinyModel(vscode);
      const source = new SourceEditor(window);
      await window.runCommand('View: Toggle Primary Side Bar Visibility');
      await playground.reach(20);
      await window.runCommand('Transformer: Show Attention');
      const attention = new AttentionView(window);
      await attention.says(/Attention weight is not importance/);
      await source.open();
      for (const [layer, head] of [
        [1, 2],
        [0, 1],
      ] as const) {
        await attention.toggle(layer, head);
        // The driver's own way to the picture and back is not the product's.
        const began = performance.now();
        await source.marks(/trace\('pattern'/);
        const ms = (performance.now() - began).toFixed(0);
        console.log(
          `      from selection to reveal ${ms} ms${layer === 1 ? ', another file' : ''}`,
        );
        assert.equal(await source.hasFocus(), false);
        await window.screenshot(`source-follows-layer-${layer}`);
      }
      await source.says(/batch 3 × head 4 × query 96 × key 96/);
      await source.hover(/trace\('pattern'/);
      await source.follow('Show in Playground');
      await playground.says(/Layer 0, head 1 · decoder\.0\.selfAttention\.pattern[\s\S]*Mean μ/);
      await playground.focuses('Selected: Attention pattern');
      await window.screenshot('source-selected-in-playground');
      await playground.press('Clear Selection');
      await playground.saysNoMore(/Selected:/);
    },
    { settings: onWasm },
  );

  journey(
    'says that code lenses are off, and shows inlay hints instead',
    async (vscode) => {
      const window = await vscode.openWindow('README.md');
      const source = new SourceEditor(window);
      await window.runCommand('Transformer: Open Model Source');
      await window.answerNotification(/Code lenses are switched off/, 'Use Inlay Hints');
      await window.runCommand('Notifications: Clear All Notifications');
      await source.goTo('mlp.ts');
      await source.line(25);
      await poll(
        () => source.lineSays(/trace\('preActivation'/),
        (text) => text.includes('batch × position × dMlp 256 · no values yet'),
        { what: 'an inlay hint' },
      );
      await window.screenshot('source-inlay-hints');
    },
    { onlyInFull: true, settings: { ...onWasm, ...lensesOff } },
  );

  journey(
    'says on the page as well that code lenses are off, and turns them on for the source alone',
    async (vscode) => {
      const window = await vscode.openWindow('README.md');
      const source = new SourceEditor(window);
      await window.runCommand('Transformer: Open Playground');
      const playground = new Playground(window);
      await playground.says(/Code lenses are switched off/);
      await window.screenshot('source-lenses-off-page');
      await playground.press('Turn On Code Lenses');
      await poll(
        () => playground.text(),
        (text) => !text.includes('Code lenses are switched off'),
        { what: 'the notice to be gone' },
      );
      await source.open();
      const settings = await vscode.settings();
      assert.equal(settings['editor.codeLens'], false);
      assert.deepEqual(settings['[transformer-model-source]'], { 'editor.codeLens': true });
    },
    { onlyInFull: true, settings: { ...onWasm, ...lensesOff } },
  );
});
