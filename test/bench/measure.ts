/**
 * @file One measurement in a process of its own, so that neither compiled code nor replaced kernels of another one
 * touch it. Started by `npm run bench` with the plan as JSON; prints what it measured as JSON.
 */
import type { Backend } from '../../webview/config/backend';
import * as tf from '../../webview/backends/tf';
import { memoryInUse } from '../../webview/backends/memory';
import { dispose, read } from '../../webview/ops/values';
import { useBackend } from '../unit/support/backends';
import { batchOf, configurations, type ConfigurationName } from './configurations';
import { countDispatches } from './dispatches';
import { ours, write } from './ours';
import { spreadOf, type Spread } from './spread';
import { stock } from './stock';
import { useStockBackend } from './stockBackend';
import type { Subject } from './subject';

export interface Plan {
  readonly implementation: 'ours' | 'stock';
  readonly backend: Backend;
  readonly configuration: ConfigurationName;
  /** Samples of each figure, fewer where they would take longer than `seconds`. */
  readonly samples: number;
  readonly seconds: number;
}

export interface Measured {
  /** Milliseconds from a batch to its loss read back. */
  readonly step: Spread;
  /** Of these, milliseconds in which JavaScript issued the step. */
  readonly issuing: Spread;
  /** Milliseconds of processor time of the whole process; other load on the machine hardly touches it. */
  readonly processor: Spread;
  readonly tokensPerSecond: number;
  /** Dispatches a step, on WebGPU. */
  readonly dispatches?: number;
  /** Bytes of all tensors between steps, and what the backend took from the GPU for them. */
  readonly bytes: number;
  readonly gpuBytes?: number;
  /** Tensors after warming up, and after all steps: more of them are a leak. */
  readonly tensorsBefore: number;
  readonly tensorsAfter: number;
  /** Tokens a second that are written, with and without a KV cache. */
  readonly writing?: { readonly cached: Spread; readonly uncached: Spread };
}

/** Steps before any is timed: compilation, packing, first allocations. */
const warmUp = 5;

/** Batches that the steps go through, again and again. */
const batchCount = 8;

async function measure(plan: Plan): Promise<Measured> {
  const configuration = configurations[plan.configuration];
  if (plan.implementation === 'stock') {
    await useStockBackend(plan.backend);
    return measureSteps(plan, stock(configuration));
  }
  await useBackend(plan.backend);
  // Set for its silence; left on, tfjs would count tensors around every kernel.
  tf.env().set('IS_TEST', false);
  const subject = ours(configuration);
  const steps = await measureSteps(plan, subject);
  const writing = async (cache: boolean): Promise<Spread> => {
    const speeds = await sample(plan, 2, async () => {
      const began = performance.now();
      const written = await write(subject.trainer, configuration, cache);
      return (1000 * written) / (performance.now() - began);
    });
    return spreadOf(speeds);
  };
  return { ...steps, writing: { cached: await writing(true), uncached: await writing(false) } };
}

async function measureSteps(plan: Plan, subject: Subject): Promise<Measured> {
  const configuration = configurations[plan.configuration];
  const batches = Array.from({ length: batchCount }, (_, step) => batchOf(configuration, step));
  let taken = 0;
  const step = async (): Promise<{ step: number; issuing: number; processor: number }> => {
    const batch = batches[taken++ % batchCount] ?? batchOf(configuration, 0);
    const processor = process.cpuUsage();
    const began = performance.now();
    const loss = subject.learn(batch);
    const issued = performance.now();
    const [value = NaN] = await read(loss);
    const ended = performance.now();
    const { user, system } = process.cpuUsage(processor);
    dispose(loss);
    if (!Number.isFinite(value)) throw new Error(`The loss of step ${taken} is ${value}.`);
    return { step: ended - began, issuing: issued - began, processor: (user + system) / 1000 };
  };
  const dispatches = countDispatches();
  let before = memoryInUse();
  let counted = dispatches.count;
  let measuredFrom = 0;
  const times = await sample(plan, warmUp, step, () => {
    before = memoryInUse();
    counted = dispatches.count;
    measuredFrom = taken;
  });
  const after = memoryInUse();
  const median = spreadOf(times.map((time) => time.step));
  const { batchSize } = configuration.training;
  return {
    step: median,
    issuing: spreadOf(times.map((time) => time.issuing)),
    processor: spreadOf(times.map((time) => time.processor)),
    tokensPerSecond: (1000 * batchSize * configuration.model.context) / median.median,
    ...(plan.backend === 'webgpu' && {
      dispatches: (dispatches.count - counted) / (taken - measuredFrom),
    }),
    bytes: after.bytes,
    ...(after.gpuBytes !== undefined && { gpuBytes: after.gpuBytes }),
    tensorsBefore: before.tensors,
    tensorsAfter: after.tensors,
  };
}

/**
 * Values of `work`, after it has run `warm` times. Half the time may go into warming up: work that takes longer is
 * done once before it counts, and at least once while it does.
 */
async function sample<Value>(
  { samples, seconds }: Plan,
  warm: number,
  work: () => Promise<Value>,
  warmed: () => void = () => undefined,
): Promise<Value[]> {
  const spent = (since: number): number => (performance.now() - since) / 1000;
  const warming = performance.now();
  for (let count = 0; count < warm; count++) {
    await work();
    if (spent(warming) > seconds / 2) break;
  }
  warmed();
  const values: Value[] = [];
  const began = performance.now();
  while (values.length < samples && (values.length === 0 || spent(began) < seconds)) {
    values.push(await work());
  }
  return values;
}

const plan = JSON.parse(process.argv[2] ?? '') as Plan;
process.stdout.write(JSON.stringify(await measure(plan)), () => {
  // A graphics device keeps the process alive.
  process.exit(0);
});
