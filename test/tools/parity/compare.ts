/**
 * @file Runs a parity folder's model through ours on the current backend and measures how far they
 * differ.
 */
import type { Backend } from '../../../webview/config/backend';
import { defaultPreset, defaultSampling } from '../../../webview/config/presets';
import type { SamplingConfig } from '../../../webview/config/sampling';
import type { TrainingConfig } from '../../../webview/config/training';
import {
  fromHuggingFace,
  toHuggingFace,
  type NamedTensor,
} from '../../../webview/huggingface/gpt2Tensors';
import { generate } from '../../../webview/inference/generate';
import { model } from '../../../webview/model/model';
import { dispose, read, tidy } from '../../../webview/ops/values';
import { dryPass } from '../../../webview/training/dryPass';
import { runProbe } from '../../../webview/training/probe';
import type { Batch } from '../../../webview/tasks/batches';
import { disposeStep, Trainer } from '../../../webview/training/trainer';
import type { ParityFolder } from './folder';

/** Largest differences from Python's numbers; absolute, but for gradients. */
export interface Differences {
  readonly logits: number;
  readonly hidden: number;
  readonly attention: number;
  /**
   * Of the worst gradient tensor: ‖ours − theirs‖ / ‖theirs‖, or absolute where ‖theirs‖ < 1e-6.
   */
  readonly gradients: number;
  readonly tinyGradients: number;
  readonly losses: number;
  readonly greedyEqual: boolean;
  /**
   * Where the greedy tokens or a trace point differ: the first trace point beyond its tolerance.
   */
  readonly firstDifference?: string;
}

/** What each difference may be on CPU and WASM. */
const tolerance = {
  logits: 2e-5,
  hidden: 2e-5,
  attention: 1e-5,
  gradients: 1e-4,
  tinyGradients: 1e-7,
  losses: 1e-5,
} as const;

type Tolerance = Readonly<Record<keyof typeof tolerance, number>>;

/**
 * What each difference may be; shaders may round in ways of their own, so that WebGPU gets five
 * times as much.
 */
export function toleranceOn(backend: Backend): Tolerance {
  const factor = backend === 'webgpu' ? 5 : 1;
  const entries = Object.entries(tolerance).map(([kind, limit]) => [kind, factor * limit]);
  return Object.fromEntries(entries) as Tolerance;
}

/**
 * The names of the differences that are beyond their tolerance, `greedyEqual` where the texts
 * differ.
 */
export function exceeded(differences: Differences, backend: Backend): string[] {
  const kinds = Object.entries(toleranceOn(backend)) as [keyof Tolerance, number][];
  const beyond = kinds.filter(([kind, limit]) => !(differences[kind] <= limit));
  return [...beyond.map(([kind]) => kind), ...(differences.greedyEqual ? [] : ['greedyEqual'])];
}

/** The fixture's training: AdamW at a constant rate, decaying every parameter, without clipping. */
const fixtureTraining: TrainingConfig = {
  ...defaultPreset.config.training,
  learningRate: 1e-3,
  finalLearningRate: 1,
  warmupSteps: 0,
  weightDecay: 0.1,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  clipNorm: 0,
};

/**
 * Measures a folder on `backend`, which is current. Throws where Python's side of a comparison is
 * missing: what was not measured must not pass.
 */
export async function compare(folder: ParityFolder, backend: Backend): Promise<Differences> {
  const theirLosses = trainLossesOf(folder);
  checkGreedy(folder);
  const trainer = trainerOf(folder);
  try {
    const points = await comparePoints(folder, trainer);
    const gradients = await compareGradients(folder, trainer);
    const greedyEqual = await compareGreedy(folder, trainer);
    const losses = await compareLosses(folder, theirLosses, trainer);
    const largest = (kind: Kind): number =>
      Math.max(
        0,
        ...points.filter((point) => point.kind === kind).map((point) => point.difference),
      );
    const limits = toleranceOn(backend);
    const first = points.find(({ kind, difference }) => !(difference <= limits[kind]));
    return {
      logits: largest('logits'),
      hidden: largest('hidden'),
      attention: largest('attention'),
      ...gradients,
      losses,
      greedyEqual,
      ...((first ?? !greedyEqual) && {
        firstDifference: first?.path ?? 'none beyond its tolerance',
      }),
    };
  } finally {
    trainer.dispose();
  }
}

/** All places of the fixture's rows; only the forward pass looks at the last one. */
function wholeRows(folder: ParityFolder): Batch {
  const { inputIds } = folder;
  const [batchSize = 1, context = 1] = theirTensor(folder, 'logits').shape;
  return { inputs: inputIds, targets: inputIds, batchSize, context };
}

/** What Python computed under a name. */
function theirTensor({ name: folder, io }: ParityFolder, name: string): NamedTensor {
  const found = io.get(name);
  if (found) return found;
  throw new Error(`${folder}/io.safetensors has no “${name}”: write it as float32.`);
}

/** What is trained: each label is the input after it, and the last place of a row has none. */
function trainedRows(folder: ParityFolder): Batch {
  const { batchSize, context: width } = wholeRows(folder);
  const context = width - 1;
  const rows = Array.from({ length: batchSize }, (_, row) => row * width);
  const cut = (from: number): Int32Array =>
    Int32Array.from(
      rows.flatMap((row) => [...folder.inputIds.subarray(row + from, row + from + context)]),
    );
  return { inputs: cut(0), targets: cut(1), batchSize, context };
}

function trainerOf({ config, weights }: ParityFolder): Trainer {
  const names = dryPass(model, config).parameters.map((spec) => spec.name);
  return new Trainer({
    model,
    config,
    training: fixtureTraining,
    restored: { weights: fromHuggingFace(names, weights), step: 0 },
    decays: () => true,
  });
}

type Kind = 'logits' | 'hidden' | 'attention';

interface PointDifference {
  readonly path: string;
  readonly kind: Kind;
  readonly difference: number;
}

/** Our trace points beside Python's tensors, in the order of the pass. */
async function comparePoints(folder: ParityFolder, trainer: Trainer): Promise<PointDifference[]> {
  const { layers } = folder.config;
  const pairs: { path: string; theirs: string; kind: Kind }[] = [];
  for (let layer = 0; layer < layers; layer++) {
    const at = `decoder.${layer}`;
    pairs.push({ path: `${at}.residualBefore`, theirs: `hidden.${layer}`, kind: 'hidden' });
    pairs.push({
      path: `${at}.selfAttention.pattern`,
      theirs: `attention.${layer}`,
      kind: 'attention',
    });
  }
  pairs.push({ path: 'finalNorm.output', theirs: `hidden.${layers}`, kind: 'hidden' });
  pairs.push({ path: 'logits', theirs: 'logits', kind: 'logits' });
  const { model: source, config, parameters } = trainer;
  const { captures } = await runProbe(
    { model: source, config, parameters, kept: new Map() },
    {
      input: wholeRows(folder),
      capture: pairs.map(({ path }) => ({ at: path, what: 'value' as const })),
      interventions: [],
    },
  );
  return pairs.map(({ path, theirs, kind }, index) => ({
    path,
    kind,
    difference: largestDifference(
      captures[index]?.values ?? new Float32Array(),
      theirTensor(folder, theirs),
    ),
  }));
}

async function compareGradients(
  folder: ParityFolder,
  trainer: Trainer,
): Promise<Pick<Differences, 'gradients' | 'tinyGradients'>> {
  const { gradients, loss } = tidy(() => {
    const made = trainer.gradients(trainedRows(folder));
    return { gradients: Object.fromEntries(made.gradients), loss: made.loss };
  });
  dispose(loss);
  const ours: NamedTensor[] = [];
  for (const { name, shape } of trainer.parameters.specs) {
    const gradient = gradients[name];
    if (!gradient) throw new Error(`No gradient for ${name}.`);
    ours.push({ name, shape, values: await read(gradient) });
    dispose(gradient);
  }
  let relative = 0;
  let absolute = 0;
  for (const { name, values } of toHuggingFace(ours)) {
    const { values: theirs } = sameSize(values, theirTensor(folder, `grad.${name}`));
    const distance = norm(values.map((value, index) => value - (theirs[index] ?? NaN)));
    const length = norm(theirs);
    if (length < 1e-6) absolute = Math.max(absolute, distance);
    else relative = Math.max(relative, distance / length);
  }
  return { gradients: relative, tinyGradients: absolute };
}

function trainLossesOf({ name, io }: ParityFolder): Float32Array {
  const losses = io.get('train_losses')?.values;
  if (losses && losses.length > 0) return losses;
  throw new Error(`${name}/io.safetensors has no “train_losses”: write one float32 for each step.`);
}

async function compareLosses(
  folder: ParityFolder,
  theirs: Float32Array,
  trainer: Trainer,
): Promise<number> {
  let worst = 0;
  for (const expected of theirs) {
    const result = trainer.learn(trainedRows(folder));
    const [loss = NaN] = await read(result.loss);
    disposeStep(result);
    worst = Math.max(worst, Math.abs(loss - expected));
  }
  return worst;
}

/** How many tokens of the first row Python continued greedily. */
const promptLength = 4;

function checkGreedy({ name, greedy }: ParityFolder): void {
  if (greedy.length > promptLength) return;
  throw new Error(
    `“greedy” of ${name}/io.safetensors has ${greedy.length} tokens, of which ${promptLength} are the prompt: write what follows it, too.`,
  );
}

async function compareGreedy(folder: ParityFolder, trainer: Trainer): Promise<boolean> {
  const prompt = [...folder.inputIds.subarray(0, promptLength)];
  const expected = [...folder.greedy.subarray(prompt.length)];
  const sampling: SamplingConfig = {
    ...defaultSampling,
    temperature: 0,
    maxTokens: expected.length,
    cache: true,
  };
  const written: number[] = [];
  for await (const { token } of generate(trainer, prompt, sampling, -1)) written.push(token);
  return written.join() === expected.join();
}

/** The largest |ours − theirs|; not a number where either is not a number. */
function largestDifference(ours: Float32Array, theirs: NamedTensor): number {
  const { values } = sameSize(ours, theirs);
  return ours.reduce(
    (worst, value, index) => Math.max(worst, Math.abs(value - (values[index] ?? NaN))),
    0,
  );
}

function sameSize(ours: Float32Array, theirs: NamedTensor): NamedTensor {
  const { name, values } = theirs;
  if (values.length === ours.length) return theirs;
  throw new Error(`Python’s ${name} holds ${values.length} numbers; ours, ${ours.length}.`);
}

function norm(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}
