/** @file What a test run counted, handed from one process to another as a file. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { outputFolder } from './repository';

export interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

export const noTotals: Totals = { passed: 0, failed: 0, skipped: 0 };

export const addTotals = (a: Totals, b: Totals): Totals => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

/** `12 passed, 0 failed`, and `, 1 skipped` where there are any. */
export const describeTotals = ({ passed, failed, skipped }: Totals): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

/** The file in which a runner leaves its totals. */
export const totalsFile = (runner: string): string =>
  join(outputFolder, 'totals', `${runner}.json`);

/** Removes what an earlier run left, so that it is not taken for this run's. */
export const forgetTotals = (runner: string): Promise<void> =>
  rm(totalsFile(runner), { force: true });

export async function writeTotals(runner: string, totals: Totals): Promise<void> {
  await mkdir(dirname(totalsFile(runner)), { recursive: true });
  await writeFile(totalsFile(runner), JSON.stringify(totals));
}

/** The totals that a runner left; undefined if it ended without leaving any. */
export async function readTotals(runner: string): Promise<Totals | undefined> {
  try {
    return JSON.parse(await readFile(totalsFile(runner), 'utf8')) as Totals;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
