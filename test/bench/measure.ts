/**
 * @file One measurement in a process of its own, so that neither compiled code nor replaced kernels
 * of another one touch it. Started by `npm run bench` with the plan as JSON; reports what it has
 * measured whenever there is more of it.
 */
import { writeSync } from 'node:fs';
import * as tf from '../../webview/backends/tf';
import { memoryInUse } from '../../webview/backends/memory';
import { dispose, read } from '../../webview/ops/values';
import { useBackend } from '../unit/support/backends';
import { dawnDevice, preferHardware } from '../unit/support/dawn';
import { batchOf, configurations } from './configurations';
import { countDispatches } from './dispatches';
import { measureLooking } from './looking';
import { ours, write } from './ours';
import type { Measured, Plan, Writing } from './plan';
import { lineOfReport, type Report } from './report';
import { sample } from './sample';
import { spreadOf } from './spread';
import { stock } from './stock';
import { useStockBackend } from './stockBackend';
import type { Subject } from './subject';

/** Steps before any is timed: compilation, packing, first allocations. */
const warmUpSteps = 5;

/** Texts written before one is timed. */
const warmUpTexts = 2;

/** Steps in so many seconds below which it is not measured what looking costs. */
const leastSteps = 10;

/** Batches that the steps go through, again and again. */
const batchCount = 8;

/** A loop reports no more often than after so many milliseconds. */
const reportEvery = 1000;

/** Written at once: a process that computes for a minute, or is ended, would keep it. */
function report(report: Report): void {
  writeSync(1, lineOfReport(report));
}

/** Reports between samples, not more often than it takes to read. */
function reportNowAndThen(): (what: () => Report) => void {
  let reported = performance.now();
  return (what) => {
    if (performance.now() - reported < reportEvery) return;
    report(what());
    reported = performance.now();
  };
}

const secondsSince = (began: number): string =>
  `${((performance.now() - began) / 1000).toFixed(1)} s`;

async function measure(plan: Plan): Promise<void> {
  const configuration = configurations[plan.configuration];
  report({ doing: 'opening the backend' });
  preferHardware();
  if (plan.implementation === 'stock') {
    await useStockBackend(plan.backend);
    await measureSteps(plan, stock(configuration));
    return;
  }
  await useBackend(plan.backend);
  // Set for its silence; left on, tfjs would count tensors around every kernel.
  tf.env().set('IS_TEST', false);
  const subject = ours(configuration);
  const steps = await measureSteps(plan, subject);
  const writing = async (name: string, cache: boolean): Promise<Writing> => {
    report({ doing: `writing ${name}` });
    let warmedUp = 0;
    const speeds = await sample(plan, {
      warmUps: warmUpTexts,
      began: (done) => {
        warmedUp = done;
      },
      work: async () => {
        const began = performance.now();
        const written = await write(subject.trainer, configuration, cache);
        return (1000 * written) / (performance.now() - began);
      },
    });
    return { ...spreadOf(speeds), warmUpTexts: warmedUp };
  };
  const uncached = await writing('without a cache', false);
  report({ measured: { ...steps, writing: { uncached } } });
  const cached = await writing('with a cache', true);
  const measured = { ...steps, writing: { uncached, cached } };
  report({ measured });
  // Of steps that fill a block a few times over, one more or less would be all the difference.
  if (steps.step.median * leastSteps > 1000 * plan.seconds) return;
  report({ doing: 'stepping while looked at' });
  const looking = await measureLooking(subject.trainer, configuration, plan.seconds);
  report({ measured: { ...measured, looking } });
}

interface StepTimes {
  readonly step: number;
  readonly issuing: number;
  readonly processor: number;
}

/** Reports the step's figures, and returns them. */
async function measureSteps(plan: Plan, subject: Subject): Promise<Measured> {
  const configuration = configurations[plan.configuration];
  const adapter = plan.backend === 'webgpu' ? (await dawnDevice()).adapter : undefined;
  const dispatches = countDispatches();
  const batches = Array.from({ length: batchCount }, (_, step) => batchOf(configuration, step));
  let taken = 0;
  const step = async (): Promise<StepTimes> => {
    const batch = batches[taken++ % batchCount] ?? batchOf(configuration, 0);
    const sent = dispatches.count;
    const processor = process.cpuUsage();
    const began = performance.now();
    const loss = subject.learn(batch);
    const issued = performance.now();
    if (adapter && taken <= warmUpSteps) {
      const issuing = issued - began;
      report({ issued: { steps: taken, issuing, dispatches: dispatches.count - sent } });
    }
    const [value = NaN] = await read(loss);
    const ended = performance.now();
    const { user, system } = process.cpuUsage(processor);
    dispose(loss);
    if (!Number.isFinite(value)) throw new Error(`The loss of step ${taken} is ${value}.`);
    return { step: ended - began, issuing: issued - began, processor: (user + system) / 1000 };
  };
  let before = memoryInUse();
  let counted = 0;
  let measuredFrom = 0;
  const measured = (times: readonly StepTimes[]): Measured => {
    const after = memoryInUse();
    const spread = spreadOf(times.map((time) => time.step));
    const tokens = configuration.training.batchSize * configuration.model.context;
    return {
      ...(adapter && { adapter }),
      warmUpSteps: measuredFrom,
      step: spread,
      issuing: spreadOf(times.map((time) => time.issuing)),
      processor: spreadOf(times.map((time) => time.processor)),
      tokensPerSecond: (1000 * tokens) / spread.median,
      ...(adapter && { dispatches: (dispatches.count - counted) / (taken - measuredFrom) }),
      bytes: after.bytes,
      ...(after.gpuBytes !== undefined && { gpuBytes: after.gpuBytes }),
      tensorsBefore: before.tensors,
      tensorsAfter: after.tensors,
    };
  };
  const nowAndThen = reportNowAndThen();
  const began = performance.now();
  const times = await sample(plan, {
    warmUps: warmUpSteps,
    work: step,
    began: (done) => {
      before = memoryInUse();
      counted = dispatches.count;
      measuredFrom = taken;
      const first = `the first step, which took ${secondsSince(began)}`;
      if (done === 0) report({ doing: 'making the first step' });
      if (done === 1) report({ doing: `making steps after ${first}` });
    },
    sampled: (values) => {
      nowAndThen(() => ({ measured: measured(values) }));
    },
  });
  const steps = measured(times);
  report({ measured: steps });
  return steps;
}

await measure(JSON.parse(process.argv[2] ?? '') as Plan);
// A graphics device would keep the process alive.
process.exit(0);
