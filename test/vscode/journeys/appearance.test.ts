/** @file The playground in training, in every kind of theme. */
import { journey } from '../driver/journey';
import { onWasm, Playground } from '../driver/playground';
import { allThemes } from '../driver/themes';

suite('The playground', () => {
  journey(
    'follows light, dark and both high contrasts while it trains',
    async (vscode) => {
      const window = await vscode.openWindow('README.md');
      const playground = new Playground(window);
      await window.runCommand('Transformer: Train Tiny Model');
      await playground.reach(40);
      for (const theme of allThemes) {
        await window.useTheme(theme);
        const step = await playground.step();
        await playground.reach(step + 5);
        await window.screenshot(`playground-${theme}`);
      }
    },
    { settings: onWasm, timeoutSeconds: 300 },
  );
});
