/** @file A run from its start to its end, by commands alone: what a host of either kind must be able to do. */
import * as vscode from 'vscode';
import { check, same } from './check';
import { command, runFiles, runFilesWhen } from './product';

suite('A run', () => {
  suiteSetup(async () => {
    const settings = vscode.workspace.getConfiguration('transformerPlayground');
    await settings.update('runs.location', 'workspace', vscode.ConfigurationTarget.Workspace);
  });

  suiteTeardown(async () => {
    await command('stop');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  test('trains, is paused, stepped and saved', async () => {
    await command('trainTinyModel');
    const files = await runFiles();
    check(
      files.join('\n').includes('run.transformer.json'),
      `There is no run: ${files.join(', ')}`,
    );
    const paused = checkpoints(await pause());
    await command('singleStep');
    await command('saveCheckpoint');
    const stepped = checkpoints(await runFilesWhen((files) => checkpoints(files).length > 1));
    same(Math.max(...stepped), Math.max(...paused) + 1);
    await command('resume');
    await command('stop');
    await runFilesWhen((files) => !files.some((file) => file.endsWith('owner.json')));
  });

  test('is resumed after its panel was closed', async () => {
    const before = Math.max(...checkpoints(await runFiles()));
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await command('resumeLastRun');
    await runFilesWhen((files) => files.some((file) => file.endsWith('owner.json')));
    const after = Math.max(...checkpoints(await pause()));
    check(after >= before, `It went back from step ${before} to ${after}.`);
    same(new Set((await runFiles()).map((file) => file.split('/')[0])).size, 1);
  });
});

/** Pauses as soon as training has begun; returns the files of the runs with the snapshot that pausing leaves. */
function pause(): Promise<string[]> {
  return runFilesWhen(async (files) => {
    await command('pause');
    return checkpoints(files).length > 0;
  });
}

/** The steps of the checkpoints among some files. */
function checkpoints(files: readonly string[]): number[] {
  return files.flatMap((file) => {
    const step = /\/step-(\d+)\.safetensors$/.exec(file)?.[1];
    return step === undefined ? [] : [Number(step)];
  });
}
