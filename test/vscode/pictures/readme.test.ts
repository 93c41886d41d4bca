/** @file Takes the README's picture, `npm run pictures`, of the product as it is. */
import { copyFile } from 'node:fs/promises';
import { inRepository } from '../../tools/support/repository';
import { journey } from '../driver/journey';
import { Playground } from '../driver/playground';
import { poll } from '../driver/poll';

suite('Pictures', () => {
  journey(
    'the playground while Tiny GPT learns',
    async (vscode) => {
      const window = await vscode.openWindow('README.md');
      const playground = new Playground(window);
      await window.useTheme('dark');
      await window.runCommand('Transformer: Train Tiny Model');
      await window.runCommand('View: Toggle Primary Side Bar Visibility');
      await poll(
        () => playground.step(),
        (step) => step >= 1530,
        { timeoutSeconds: 240, what: 'some steps' },
      );
      const picture = await window.screenshot('readme');
      await copyFile(picture, inRepository('media', 'playground.png'));
    },
    { timeoutSeconds: 300, chromium: { viewport: { width: 1360, height: 760 } } },
  );
});
