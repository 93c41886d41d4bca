/** @file The playground in training, in every kind of theme. */
import { journey } from '../driver/journey';
import { onWasm, trainTinyModel } from '../driver/playground';
import { allThemes } from '../driver/themes';

suite('The playground', () => {
  journey(
    'follows light, dark and both high contrasts while it trains',
    async (vscode) => {
      const { window, playground } = await trainTinyModel(vscode);
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
