/**
 * @file The extension in a real host: it starts fast, has its commands, and none of them fails
 * where it cannot work.
 */
import * as vscode from 'vscode';
import { markLine } from '../launcher/marks';
import { check, same } from './check';
import { command, product } from './product';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

suite('The extension', () => {
  test('starts', async () => {
    const began = performance.now();
    await product().activate();
    console.log(markLine(`    started in ${(performance.now() - began).toFixed(0)} ms`));
    check(product().isActive, 'It is not active.');
  });

  test('has registered every command of its manifest', async () => {
    const registered = await vscode.commands.getCommands(true);
    const { contributes } = product().packageJSON as Manifest;
    const missing = contributes.commands
      .map((contributed) => contributed.command)
      .filter((name) => !registered.includes(name));
    same(missing, []);
  });

  const needRuns = ['resumeLastRun', 'resumeAnotherRun'];
  for (const name of ['pause', 'resume', 'stop', 'singleStep', 'saveCheckpoint', ...needRuns]) {
    test(`answers “${name}” with a message where there is no run`, async () => {
      await command(name);
    });
  }

  test('copies diagnostics that name versions and no paths', async () => {
    await command('copyDiagnostics');
    const text = await vscode.env.clipboard.readText();
    check(/"Transformer Playground": "\d/.test(text) && text.includes('"VS Code": "1.'), text);
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    check(folder !== undefined && !text.includes(folder.uri.path), text);
  });
});
