/** @file From the palette to a model in training. */
import { journey } from '../driver/journey';

suite('Train Tiny Model', () => {
  journey('opens the playground from the palette', async (vscode) => {
    const window = await vscode.openWindow('README.md');
    await window.runCommand('Transformer: Train Tiny Model');
    await window.page.locator('.tab', { hasText: 'Transformer Playground' }).waitFor();
    await window.webview('body');
    await window.screenshot('train-tiny-model');
  });
});
