/** @file Runs the suite inside VS Code, in whichever extension host. Knows no test. */
import type Mocha from 'mocha';
import { Uri, workspace } from 'vscode';
import { finishedMark, markLine } from './marks';
import { totalsName } from './totalsName';

/** Mocha's class: Node's own build, or the one for browsers. */
type MochaClass = typeof Mocha;

/**
 * Runs the tests that `register` declares by importing them.
 * @throws if one failed.
 */
export async function runSuite(
  MochaHere: MochaClass,
  register: () => Promise<unknown>,
): Promise<void> {
  const mocha = new MochaHere({ ui: 'tdd', timeout: 60_000, reporter: 'spec', color: false });
  // What reading a test file does in mocha's own loader: it puts `suite` and `test` into the world.
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await register();
  MochaHere.reporters.Base.consoleLog = (...args: unknown[]) => {
    for (const line of expand(args).split('\n')) console.log(markLine(line));
  };
  const totals = await new Promise<Record<string, number>>((resolve) => {
    const runner = mocha.run((failed) => {
      const { passes = 0, pending = 0 } = runner.stats ?? {};
      resolve({ passed: passes, failed, skipped: pending });
    });
  });
  const folder = workspace.workspaceFolders?.[0];
  if (folder !== undefined) {
    const text = new TextEncoder().encode(JSON.stringify(totals));
    await workspace.fs.writeFile(Uri.joinPath(folder.uri, totalsName), text);
  }
  if (totals.failed !== 0) throw new Error(`${String(totals.failed)} tests failed`);
  console.log(finishedMark);
}

/** printf as mocha uses it: only %s and %d. */
function expand([template = '', ...values]: unknown[]): string {
  return String(template).replace(/%[sd]/g, () => String(values.shift()));
}
