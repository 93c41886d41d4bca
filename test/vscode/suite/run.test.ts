/**
 * @file A run from its start to its end, by commands alone: what a host of either kind must be able
 * to do.
 */
import * as vscode from 'vscode';
import { check, same } from './check';
import { command, recordedState, runFiles, runFilesWhen } from './product';

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
    await runFilesWhen(isFree);
  });

  test('is resumed after its panel was closed', async () => {
    const before = Math.max(...checkpoints(await runFiles()));
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await command('resumeLastRun');
    await runFilesWhen((files) => !isFree(files));
    const after = Math.max(...checkpoints(await pause()));
    check(after >= before, `It went back from step ${before} to ${after}.`);
    same(runsOf(await runFiles()).length, 1);
    await command('stop');
    await runFilesWhen(isFree);
  });

  test('is stopped at once when it is stopped while it is resumed', async () => {
    const [run = ''] = runsOf(await runFiles());
    const resuming = command('resumeLastRun');
    await runFilesWhen((files) => !isFree(files));
    await command('stop');
    await resuming;
    same(await recordedState(run), 'stopped');
    check(isFree(await runFiles()), 'It is still owned.');
  });

  for (const [moment, folders] of [
    ['in the same moment', 0],
    ['as soon as it has a folder', 1],
  ] as const) {
    test(`does not train when it is stopped ${moment}`, async () => {
      const before = runsOf(await runFiles());
      const training = command('trainTinyModel');
      await runFilesWhen((files) => runsOf(files).length >= before.length + folders);
      await command('stop');
      await training;
      const left = runsOf(await runFiles()).filter((name) => !before.includes(name));
      // Of a run that was stopped before it was there nothing is left.
      if (folders === 0) same(left, []);
      for (const run of left) {
        same(await recordedState(run), 'stopped');
        same(checkpoints((await runFiles()).filter((file) => file.startsWith(run))), []);
      }
      check(isFree(await runFiles()), 'It is still owned.');
    });
  }
});

/** Whether no window trains any of the runs. */
function isFree(files: readonly string[]): boolean {
  return !files.some((file) => file.endsWith('/owner.json'));
}

/** The names of the runs that some files belong to. */
function runsOf(files: readonly string[]): string[] {
  return [...new Set(files.map((file) => file.split('/')[0] ?? ''))];
}

/**
 * Pauses as soon as training has begun; returns the files of the runs with the snapshot that
 * pausing leaves.
 */
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
