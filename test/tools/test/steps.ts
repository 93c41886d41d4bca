/** @file The steps of `npm test`: which program each is, and how its result is counted. */
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../support/processes';
import { inRepository, outputFolder, packageCommand, root } from '../support/repository';
import {
  addTotals,
  forgetTotals,
  noTotals,
  readTotals,
  writeTotals,
  type Totals,
} from '../support/totals';

export interface Step {
  readonly name: string;
  /** A check counts as one test; a runner counts its own. */
  readonly kind: 'check' | 'build' | 'runner';
  /** Arguments for Node. */
  readonly command: readonly string[];
  /** Whose totals a runner leaves. */
  readonly counts?: readonly string[];
  readonly limitMinutes: number;
}

export interface StepResult {
  readonly name: string;
  readonly totals: Totals;
  readonly seconds: number;
}

const tool = (...args: string[]): string[] => [inRepository('test', 'tools', 'run.mjs'), ...args];
const vitestReport = (name: string): string => join(outputFolder, `vitest-${name}.json`);
const vitest = (name: string, ...args: string[]): string[] => [
  ...[packageCommand('vitest'), 'run', ...args, '--reporter=default', '--reporter=json'],
  `--outputFile.json=${vitestReport(name)}`,
];

export const steps: readonly Step[] = [
  {
    name: 'format',
    kind: 'check',
    command: [packageCommand('prettier'), '--check', '--log-level=warn', '.'],
    limitMinutes: 3,
  },
  {
    name: 'lint',
    kind: 'check',
    command: [packageCommand('eslint'), '--max-warnings=0', '.'],
    limitMinutes: 10,
  },
  {
    name: 'types',
    kind: 'check',
    command: [packageCommand('typescript', 'tsc'), '--build'],
    limitMinutes: 5,
  },
  {
    name: 'tables',
    kind: 'check',
    command: tool('tables', '--check'),
    limitMinutes: 1,
  },
  {
    name: 'build',
    kind: 'build',
    command: [inRepository('esbuild.mjs')],
    limitMinutes: 3,
  },
  {
    name: 'unit',
    kind: 'runner',
    command: vitest('unit', '--config', 'test/unit/vitest.config.mts'),
    counts: ['unit'],
    limitMinutes: 8,
  },
  {
    name: 'browser',
    kind: 'runner',
    command: vitest('browser', '--config', 'test/browser/vitest.config.mts'),
    counts: ['browser'],
    limitMinutes: 8,
  },
  {
    name: 'vscode',
    kind: 'runner',
    command: tool('vscode'),
    counts: ['suite-node', 'suite-web'],
    limitMinutes: 8,
  },
  {
    name: 'journeys',
    kind: 'runner',
    command: tool('journeys'),
    counts: ['journeys'],
    limitMinutes: 20,
  },
  {
    name: 'package',
    kind: 'runner',
    command: tool('journeys', '--suite', 'package'),
    counts: ['package'],
    limitMinutes: 4,
  },
];

/** Runs a step to its end. A check's output is shown when it is over, a runner's as it comes. */
export async function runStep(step: Step, args: readonly string[]): Promise<StepResult> {
  const start = performance.now();
  // In the full run journeys go through both extension hosts.
  const limitMinutes = step.limitMinutes * (process.env.TEST_FULL === '1' ? 3 : 1);
  const counts = step.counts ?? [];
  await rm(vitestReport(step.name), { force: true });
  await Promise.all(counts.map(forgetTotals));
  let output = '';
  if (step.kind === 'runner') printHeader(step.name);
  const exitCode = await run(
    process.execPath,
    [...step.command, ...(counts.length > 0 ? args : [])],
    {
      cwd: root,
      limitSeconds: limitMinutes * 60,
      ...(step.kind === 'runner'
        ? {}
        : {
            onOutput: (text: string) => {
              output += text;
            },
          }),
    },
  );
  if (step.kind !== 'runner') {
    printHeader(step.name);
    console.log(output.trim() || (exitCode === 0 ? 'as it should be' : `exit code ${exitCode}`));
  }
  if (exitCode === 124) console.error(`${step.name}: ended after ${limitMinutes} minutes.`);
  if (existsSync(vitestReport(step.name))) await countVitest(step.name);
  const totals =
    step.kind === 'runner'
      ? await countedBy(counts, exitCode)
      : { passed: exitCode === 0 ? 1 : 0, failed: exitCode === 0 ? 0 : 1, skipped: 0 };
  return { name: step.name, totals, seconds: (performance.now() - start) / 1000 };
}

const printHeader = (name: string): void => {
  console.log(`\n━━ ${name}`);
};

/** A runner that failed without a failed test, or without leaving totals, counts as one failure. */
async function countedBy(runners: readonly string[], exitCode: number): Promise<Totals> {
  const all = await Promise.all(runners.map(readTotals));
  const totals = all.reduce<Totals>(
    (sum, one) => addTotals(sum, one ?? { ...noTotals, failed: 1 }),
    noTotals,
  );
  return exitCode !== 0 && totals.failed === 0 ? { ...totals, failed: 1 } : totals;
}

/** Turns vitest's report into totals. */
async function countVitest(name: string): Promise<void> {
  const text = await readFile(vitestReport(name), 'utf8');
  const report = JSON.parse(text) as Record<string, number>;
  await writeTotals(name, {
    passed: report.numPassedTests ?? 0,
    failed: report.numFailedTests ?? 0,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
  });
}
