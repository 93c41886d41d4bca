/**
 * @file `npm test`: everything that is checked, in order, with what failed at the end. Takes names
 * of steps to run only those, `--full` for slow matrices, `--watch`; the rest goes to the runners.
 */
import { Complaint, withCleanup } from './support/cleanup';
import { run, stopAllGroups } from './support/processes';
import { packageCommand, root } from './support/repository';
import { addTotals, describeTotals, noTotals, type Totals } from './support/totals';
import { ensureChromium } from './chromium';
import { runStep, steps, type Step, type StepResult } from './test/steps';

await withCleanup(async (cleanup) => {
  cleanup.add(stopAllGroups);
  const args = process.argv.slice(2);
  const named = steps.filter((step) => args.includes(step.name));
  const rest = args.filter(
    (arg) => !['--full', '--watch'].includes(arg) && !steps.some((step) => step.name === arg),
  );
  if (args.includes('--full')) process.env.TEST_FULL = '1';
  if (args.includes('--watch')) {
    return run(
      process.execPath,
      [packageCommand('vitest'), 'watch', '--config', 'test/unit/vitest.config.mts', ...rest],
      { cwd: root },
    );
  }
  if (rest.length > 0 && named.length === 0) {
    throw new Complaint(
      `There is no step "${rest.join(' ')}": choose from ${steps.map((step) => step.name).join(', ')}.`,
    );
  }
  const chosen = named.length > 0 ? named : steps;
  if (chosen.some(({ kind }) => kind === 'runner')) await installChromium();
  const inOrder = async (some: readonly Step[]): Promise<StepResult[]> => {
    const results: StepResult[] = [];
    for (const step of some) results.push(await runStep(step, rest));
    return results;
  };
  const checks = chosen.filter(({ kind }) => kind === 'check');
  const others = chosen.filter(({ kind }) => kind !== 'check');
  // Journeys wait for models to learn: one core has time for the checks meanwhile. What fills both
  // cores comes before.
  const waiting = others.findIndex(({ name }) => name === 'journeys');
  const first = waiting < 0 ? others : others.slice(0, waiting);
  const last = waiting < 0 ? [] : others.slice(waiting);
  const results = await inOrder(first);
  const [checked, walked] = await Promise.all([inOrder(checks), inOrder(last)]);
  return summarize([...checked, ...results, ...walked]);
});

/** Now, so that no test's time goes into it; where it cannot be, the tests that need it say so. */
async function installChromium(): Promise<void> {
  try {
    await ensureChromium();
  } catch (error) {
    if (!(error instanceof Complaint)) throw error;
    console.error(error.message);
  }
}

function summarize(results: readonly StepResult[]): number {
  console.log('\n━━ Summary');
  for (const { name, totals, seconds } of results) {
    const mark = totals.failed > 0 ? '✗' : '✓';
    console.log(`${mark} ${name.padEnd(10)} ${describeTotals(totals)} (${seconds.toFixed(0)} s)`);
  }
  const sum = results.reduce<Totals>((all, { totals }) => addTotals(all, totals), noTotals);
  console.log(`\n${describeTotals(sum)}`);
  return sum.failed > 0 ? 1 : 0;
}
