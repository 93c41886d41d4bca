/**
 * @file A workspace that the user does not trust: training works, and nothing of the workspace
 * decides how.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { journey } from '../driver/journey';
import { onWasm, Playground, saveCheckpoint } from '../driver/playground';
import { storedRuns } from '../driver/runs';
import { SourceEditor } from '../driver/source';

suite('In a workspace that is not trusted', () => {
  journey(
    'a model and a file are trained, and the place for runs that the workspace names is passed over',
    async (vscode) => {
      const window = await vscode.openWindow('sonnets.txt');
      const playground = new Playground(window);
      const runsInWorkspace = async (): Promise<number> =>
        (await storedRuns(join(vscode.workspace, '.transformer'))).length;
      await window.runCommand('Transformer: Train Tiny Model');
      await playground.reach(1);
      assert.match((await window.statusBar()).join('\n'), /Restricted Mode/);
      await saveCheckpoint(window);
      assert.equal(await runsInWorkspace(), 0);
      await playground.press('Stop');
      await playground.becomes('Stopped');

      await window.openFile('sonnets.txt');
      await window.runCommand('Transformer: Train on This File');
      await playground.shows('sonnets.txt');
      await playground.reach(1);
      assert.equal(await runsInWorkspace(), 0);
      await window.screenshot('not-trusted');

      const source = new SourceEditor(window);
      await source.open();
      await source.goTo('attention.ts');
      await source.line(50);
      await source.says(/batch \d+ × head \d+/);

      await window.runCommand('Transformer: Stop Training');
      await playground.becomes('Stopped');
      // An extension of VS Code's own stumbles when it is let in.
      vscode.problems.expect(/vscode\.typescript-language-features/);
      await window.runCommand('Workspaces: Manage Workspace Trust');
      await window.page.getByRole('button', { name: 'Trust', exact: true }).click();
      await window.page.getByText('You trust this folder').waitFor();
      await window.screenshot('trusted');
      await window.runCommand('Transformer: Train Tiny Model');
      await playground.shows('Tiny GPT');
      await playground.reach(1);
      assert.equal(await runsInWorkspace(), 1);
    },
    {
      onlyInFull: true,
      settings: {
        ...onWasm,
        'security.workspace.trust.enabled': true,
        'security.workspace.trust.startupPrompt': 'never',
      },
      files: {
        '.vscode/settings.json': JSON.stringify({
          'transformerPlayground.runs.location': 'workspace',
          'transformerPlayground.source.annotations': 'off',
        }),
      },
    },
  );
});
