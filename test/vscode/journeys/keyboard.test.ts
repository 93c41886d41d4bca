/** @file The views that look into the model, by keyboard alone and in high contrast. */
import { AttentionView } from '../driver/attention';
import { GenerationView } from '../driver/generation';
import { journey } from '../driver/journey';
import { tabTo } from '../driver/keys';
import { onWasm, Playground } from '../driver/playground';
import { poll } from '../driver/poll';
import { SourceEditor } from '../driver/source';

suite('By keyboard alone, in high contrast', () => {
  journey(
    'a line leads to its heatmap, a head is chosen, a token followed, a text written and branched',
    async (vscode) => {
      const window = await vscode.openWindow('README.md');
      const { keyboard } = window.page;
      const press = async (...keys: string[]): Promise<void> => {
        for (const key of keys) await keyboard.press(key);
      };
      await window.useTheme('highContrastDark');
      await window.runCommand('Transformer: Train Tiny Model');
      await new Playground(window).reach(60);
      await window.runCommand('Transformer: Pause Training');
      const source = new SourceEditor(window);
      await source.open();
      await source.goTo('attention.ts');
      await source.line(50, 20);
      await source.says(/query 96 × key 96/);
      await press('Control+k', 'Control+i');
      await poll(
        () => source.hoverSays(),
        (text) => text.includes('Attention Heatmap'),
        { what: 'a hover by keys' },
      );
      await press('Escape');
      await window.runCommand('Show CodeLens Commands for Current Line');
      await window.pick('Heatmap');

      const attention = new AttentionView(window);
      await attention.says(/Attention weight is not importance/);
      const frame = await attention.frame();
      await tabTo(window, frame, '.head-cell');
      await press('ArrowDown', 'ArrowRight', 'ArrowRight', 'Enter');
      await poll(
        () => attention.openHeads(),
        (heads) => heads.includes('Layer 1, head 2'),
        { what: 'the head that was chosen' },
      );
      await tabTo(window, frame, '.heatmap-frame');
      await press('End', 'ArrowUp');
      await attention.says(/looks at .* with weight/);
      await tabTo(window, frame, '#follow vscode-button');
      await press('Enter');
      await attention.says(/1 of 8: Query/);
      await tabTo(window, frame, '.follow-tab');
      await press('ArrowRight', 'ArrowRight', 'Enter');
      await attention.says(/3 of 8: Products/);
      await window.screenshot('keyboard-attention');

      await window.runCommand('Transformer: Open Generation View');
      const generation = new GenerationView(window);
      await generation.says(/paused/);
      const page = await generation.frame();
      await tabTo(window, page, '#prompt-text');
      await keyboard.type('the dog ');
      await tabTo(window, page, '#prompt vscode-button');
      await press('Enter');
      await generation.says(/tokens\/s, weights of step/);
      await tabTo(
        window,
        page,
        '.written-tokens > [aria-selected], .written-tokens > [tabindex="0"]',
      );
      await press('ArrowRight', 'ArrowRight', 'Enter', 'ArrowDown', 'Enter');
      await poll(
        () => generation.branches(),
        (lines) => lines.length === 2,
        { what: 'a second branch' },
      );
      await generation.written();
      await window.screenshot('keyboard-generation');
    },
    { onlyInFull: true, settings: onWasm, timeoutSeconds: 300 },
  );
});
