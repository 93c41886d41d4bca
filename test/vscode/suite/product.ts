/** @file The extension under test, and the files that it leaves in the workspace. */
import * as vscode from 'vscode';

export function product(): vscode.Extension<unknown> {
  const id = 'transformer-playground.transformer-playground';
  const extension = vscode.extensions.getExtension(id);
  if (extension === undefined) throw new Error(`${id} is not there.`);
  return extension;
}

/** Runs one of the extension's commands. */
export async function command(name: string): Promise<void> {
  await vscode.commands.executeCommand(`transformerPlayground.${name}`);
}

/** Names of the files of the workspace's runs, `RUN/FILE`. */
export async function runFiles(): Promise<string[]> {
  const runs = runsFolder();
  const names = await namesIn(runs);
  const files = names.map(async (run) => {
    const inside = await namesIn(vscode.Uri.joinPath(runs, run));
    return inside.map((file) => `${run}/${file}`);
  });
  return (await Promise.all(files)).flat();
}

/** What a run's record says of it: training, paused, stopped … */
export async function recordedState(run: string): Promise<unknown> {
  const record = vscode.Uri.joinPath(runsFolder(), run, 'run.transformer.json');
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(record));
  return (JSON.parse(text) as { record: { state: unknown } }).record.state;
}

/** Waits until files of runs are as wanted. */
export async function runFilesWhen(
  wanted: (files: string[]) => boolean | Promise<boolean>,
): Promise<string[]> {
  const end = Date.now() + 40_000;
  for (;;) {
    const files = await runFiles();
    if (await wanted(files)) return files;
    if (Date.now() > end) throw new Error(`The runs hold only: ${files.join(', ')}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function runsFolder(): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder === undefined) throw new Error('No folder is open.');
  return vscode.Uri.joinPath(folder.uri, '.transformer', 'runs');
}

async function namesIn(folder: vscode.Uri): Promise<string[]> {
  try {
    return (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name);
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return [];
    throw error;
  }
}
