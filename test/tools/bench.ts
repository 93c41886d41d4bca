/**
 * @file `npm run bench`: how fast the engine is on each backend of this machine, beside plain tfjs
 * in the same run.
 */
import { availableParallelism, loadavg } from 'node:os';
import { parseOptions, usage } from '../bench/options';
import type { Implementation, Issued, Measured, Outcome, Plan } from '../bench/plan';
import { ReportReader } from '../bench/report';
import { shareOf } from '../bench/share';
import { lineOf, tableOf, type BenchLine } from '../bench/table';
import { withCleanup } from './support/cleanup';
import { buildEngineProgram } from './support/engineProgram';
import { run, stopAllGroups } from './support/processes';

/** What `run` answers when it ended a program that took too long. */
const lateCode = 124;

/** Milliseconds after which a slow measurement says again what it is doing. */
const tellEvery = 5000;

await withCleanup(async (cleanup) => {
  const options = parseOptions(process.argv.slice(2));
  if (!options) {
    console.log(usage);
    return 0;
  }
  const interrupted = new AbortController();
  cleanup.add(stopAllGroups);
  cleanup.add(() => {
    interrupted.abort();
  });
  const program = await buildEngineProgram('test/bench/measure.ts');
  warnOfLoad();
  const { backends, samples, seconds } = options;
  const implementations: readonly Implementation[] = options.stock ? ['ours', 'stock'] : ['ours'];
  const subjects = options.configurations.flatMap((configuration) =>
    backends.map((backend) => ({ configuration, backend })),
  );
  const count = subjects.length * implementations.length;
  const ends = performance.now() + 60_000 * options.minutes;
  const lines: BenchLine[] = [];
  let begun = 0;
  for (const subject of subjects) {
    const outcomes = new Map<Implementation, Outcome>();
    for (const implementation of implementations) {
      const limit = shareOf((ends - performance.now()) / 1000, count - begun);
      const title = `${subject.configuration}, ${subject.backend}, ${implementation}`;
      console.error(`${++begun} of ${count}: ${title}, at most ${limit.toFixed(0)} s …`);
      const plan = { implementation, ...subject, samples, seconds };
      const outcome = await outcomeOf(program, plan, limit);
      if (interrupted.signal.aborted) return 1;
      console.error(`  ${summary(outcome)}`);
      outcomes.set(implementation, outcome);
    }
    const ours = outcomes.get('ours');
    if (!ours) throw new Error('Ours was not measured.');
    const line = lineOf(subject, ours, outcomes.get('stock'));
    lines.push(line);
    if (options.json) console.log(JSON.stringify(line));
  }
  if (!options.json) console.log(tableOf(lines));
  const broken = lines
    .flatMap(({ ours, stock }) => [ours, stock])
    .some((outcome) => outcome && 'error' in outcome && !outcome.late);
  return broken ? 1 : 0;
});

/** Says so where other programs will slow everything down. */
function warnOfLoad(): void {
  const [load = 0] = loadavg();
  const cores = availableParallelism();
  if (load <= cores / 2) return;
  console.error(
    `This machine is busy (load ${load.toFixed(1)} on ${cores} cores): trust processor times and the least of each spread.`,
  );
}

/**
 * What the program measured within the limit, all of it or the part it had, or why it measured
 * nothing.
 */
async function outcomeOf(program: string, plan: Plan, limit: number): Promise<Outcome> {
  let measured: Measured | undefined;
  let issued: Issued | undefined;
  let doing = 'starting';
  const began = performance.now();
  const seconds = (): string => ((performance.now() - began) / 1000).toFixed(0);
  const reader = new ReportReader((report) => {
    if ('doing' in report) doing = report.doing;
    else if ('issued' in report) issued = report.issued;
    else measured = report.measured;
  });
  const telling = setInterval(() => {
    console.error(`  ${seconds()} s: ${doing}`);
  }, tellEvery);
  const code = await run(process.execPath, [program, JSON.stringify(plan)], {
    limitSeconds: limit,
    onOutput: (text) => {
      reader.read(text);
    },
  }).finally(() => {
    clearInterval(telling);
  });
  if (code === lateCode) {
    const reason = `stopped after ${seconds()} s while ${doing}; --minutes gives more time`;
    return measured
      ? { ...measured, cut: reason }
      : { error: reason, late: true, ...(issued && { issued }) };
  }
  if (code === 0 && measured) return measured;
  return { error: `exit code ${code} while ${doing}: ${reader.complaint}`, late: false };
}

function summary(outcome: Outcome): string {
  if ('error' in outcome) return outcome.error;
  const { step, cut } = outcome;
  const text = `${step.median.toFixed(1)} ms a step, ${step.samples} samples`;
  return cut === undefined ? text : `${text}; ${cut}`;
}
