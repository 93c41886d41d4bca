/**
 * @file Train on This File: from the Explorer, the palette, a selection, unsaved text; and what is
 * refused.
 */
import assert from 'node:assert/strict';
import { readFile, truncate, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { recordFile } from '../../../webview/formats/runFolder';
import { journey } from '../driver/journey';
import { onWasm, Playground } from '../driver/playground';
import { poll } from '../driver/poll';
import { storedRuns, type RunOnDisk } from '../driver/runs';
import type { VscodeWindow } from '../driver/window';

const command = 'Transformer: Train on This File';
const inWorkspace = { ...onWasm, 'transformerPlayground.runs.location': 'workspace' };

suite('Train on This File', () => {
  journey(
    'learns from a file, a selection, an edited and an untitled document',
    async (vscode) => {
      const window = await vscode.openWindow('sonnets.txt');
      const playground = new Playground(window);
      const trainedText = async (): Promise<string> => {
        await playground.becomes('Step');
        await playground.reach(2);
        await playground.press('Stop');
        await playground.becomes('Stopped');
        // Stopped when the page says so; on disk, its owner's name removed as the last, a moment
        // later.
        const runs = await poll(
          () => storedRuns(join(vscode.workspace, '.transformer', 'runs')),
          ([newest]) => newest !== undefined && !newest.names.includes('owner.json'),
          { what: 'a stopped run on disk' },
        );
        return runs[0]?.text() ?? '';
      };
      const onDisk = await readFile(join(vscode.workspace, 'sonnets.txt'), 'utf8');

      await trainFromExplorer(window, 'sonnets.txt');
      await playground.shows('sonnets.txt');
      await playground.reach(20);
      await window.screenshot('train-on-file');
      assert.equal(await trainedText(), onDisk);

      // The page trains on the file as it is when Train is pressed.
      const file = join(vscode.workspace, 'sonnets.txt');
      await writeFile(file, onDisk.toUpperCase());
      await playground.press('Train on sonnets.txt');
      assert.equal(await trainedText(), onDisk.toUpperCase());
      await writeFile(file, onDisk);

      await window.openFile('sonnets.txt');
      // VS Code notices a moment later that its file has changed.
      await window.page.locator('.view-line', { hasText: /Shall.I/ }).waitFor();
      await focusEditor(window);
      await window.page.keyboard.press('Control+Home');
      for (let line = 0; line < 10; line += 1) await window.page.keyboard.press('Shift+ArrowDown');
      await window.runCommand(command);
      await playground.shows('sonnets.txt (selection)');
      const tenLines = onDisk.split('\n').slice(0, 10).join('\n');
      assert.equal((await trainedText()).trimEnd(), tenLines.trimEnd());

      await window.openFile('sonnets.txt');
      await focusEditor(window);
      await window.page.keyboard.press('Control+Home');
      await window.page.keyboard.insertText('Not saved yet.\n');
      await window.runCommand(command);
      await playground.shows('sonnets.txt');
      assert.equal(await trainedText(), `Not saved yet.\n${onDisk}`);
      await window.screenshot('train-on-edited-file');

      await window.runCommand('File: New Untitled Text File');
      await window.page.locator('.tab.active', { hasText: 'Untitled-1' }).waitFor();
      await focusEditor(window);
      const lines = 'one two three, two three four. '.repeat(40);
      await window.page.keyboard.insertText(lines);
      await window.runCommand(command);
      await playground.shows('Untitled-1');
      assert.equal(await trainedText(), lines);
      await window.screenshot('train-on-untitled');

      // The page trains on the text again, though this window has forgotten it.
      await window.reload();
      await window.runCommand('Transformer: Open Playground');
      await playground.says(/“Untitled-1” can be continued/);
      const runs = join(vscode.workspace, '.transformer', 'runs');
      const before = await storedRuns(runs);
      await playground.press('Train on Untitled-1');
      await playground.becomes('Step');
      await playground.shows('Untitled-1');
      assert.equal(await trainedText(), lines);
      const [again, ...earlier] = await storedRuns(runs);
      assert.equal(earlier.length, before.length);

      // Damaged runs are passed over, not denied.
      assert.ok(again && before[0]);
      await truncate(join(again.folder, recordFile), 300);
      await Promise.all(checkpointsOf(before[0]).map((name) => unlink(name)));
      await window.runCommand('Transformer: Resume Last Run');
      await window.told(/2 newer runs are damaged: “sonnets\.txt” is resumed instead\./);
      await playground.becomes('Step');
      await playground.shows('sonnets.txt');
      await window.screenshot('resumed-instead-of-damaged');

      // Any run can be gone on with, not only the last one.
      await playground.press('Stop');
      await playground.becomes('Stopped');
      await window.runCommand('Transformer: Resume Another Run');
      await window.screenshot('resume-another-run');
      await window.pick('sonnets.txt (selection)');
      await playground.shows('sonnets.txt (selection)');
      await playground.becomes('Step');
    },
    { settings: inWorkspace, timeoutSeconds: 300 },
  );

  journey(
    'too short is said by its name, and the page stands at it',
    async (vscode) => {
      const window = await vscode.openWindow('README.md');
      const playground = new Playground(window);
      await trainFromExplorer(window, 'short.txt');
      await playground.says(/Could not start “short\.txt”/, 60);
      await playground.says(/Train on short\.txt/);
      assert.doesNotMatch(await playground.text(), /Changed from the preset/);
      await window.screenshot('train-on-short-file');
    },
    {
      onlyInFull: true,
      settings: onWasm,
      files: { 'short.txt': 'the cat sat on the mat. '.repeat(2) },
    },
  );

  journey(
    'refuses binary and empty files by name',
    async (vscode) => {
      const window = await vscode.openWindow('README.md');
      await trainFromExplorer(window, 'nothing.txt');
      await window.told(/“nothing\.txt” has only spaces and line breaks/);
      await trainFromExplorer(window, 'pixels.dat');
      await window.told(/“pixels\.dat” is a binary file/);
      await window.screenshot('train-on-binary-file');
      // Of a name in this form VS Code would make a link that runs the command.
      await trainFromExplorer(window, 'closeAllEditors');
      await window.told(
        /“a\[b\]\u200b?\(command:workbench\.action\.closeAllEditors\)\.dat” is a binary/,
      );
      assert.equal(await window.page.locator('.tab', { hasText: 'Playground' }).count(), 0);
    },
    {
      files: {
        'nothing.txt': ' \n\n',
        'pixels.dat': 'PNG\u0000\u0001\u0002\u0000',
        'a[b](command:workbench.action.closeAllEditors).dat': '\u0000',
      },
    },
  );
});

function checkpointsOf({ folder, names }: RunOnDisk): string[] {
  return names.filter((name) => name.endsWith('.safetensors')).map((name) => join(folder, name));
}

async function trainFromExplorer(window: VscodeWindow, file: string): Promise<void> {
  const row = window.page.locator('.explorer-folders-view .monaco-list-row', { hasText: file });
  await window.chooseInContextMenu(row, 'Train on This File');
}

async function focusEditor(window: VscodeWindow): Promise<void> {
  await window.page.locator('.editor-instance .view-lines').last().click();
}
