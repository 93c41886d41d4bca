/**
 * @file A run while it trains: the loop of steps with its evaluations, samples and snapshots. It
 * decides what comes next and when; it knows neither the page nor how messages travel.
 */
import type { Device } from '../backends/device';
import { submittedWorkDone } from '../backends/queue';
import type { BackendReport } from '../config/backend';
import { defaultSampling } from '../config/presets';
import type { RunConfig } from '../config/run';
import type { MetricPoint, Sample } from '../formats/metrics';
import { generate } from '../inference/generate';
import { dispose, read } from '../ops/values';
import type { Notice, RunFacts, Snapshot, SnapshotReason, ToldSample } from '../protocol/engineApi';
import { writeMomentPart, type MomentPart } from '../protocol/momentPart';
import type { StepLoss } from '../protocol/moments';
import { learningRateAt } from '../training/schedule';
import type { Parameters } from '../training/parameters';
import type { Trainer } from '../training/trainer';
import { checkpointOf } from './checkpoints';
import { batchOfStep, validationBatches, type Dataset } from './dataset';
import { checkFirstLoss, checkSteps, isBroken, soundSteps } from './health';
import { MetricCollector, pointOf, type RunningTotals } from './metrics';
import { MomentStore } from './momentStore';
import { Stopwatch } from './stopwatch';
import { textOfTokens } from './textOfTokens';

/** What the run tells as it goes. */
export interface RunEvents {
  readonly metrics: (points: readonly MetricPoint[]) => void;
  readonly sample: (told: ToldSample) => void;
  readonly notice: (notice: Notice) => void;
  /** The run waits until what is done here is done: it is at a step, and nothing moves. */
  readonly observed?: (run: ActiveRun, observation: Observation) => Promise<void>;
}

/** What is known of a run where it is evaluated, before the step that comes next. */
export interface Observation {
  /** The newest point of the training curve. */
  readonly trainingLoss?: StepLoss;
  readonly validationLoss?: number;
  /** What it wrote last. */
  readonly sample?: Sample;
}

export interface RunParts {
  readonly runId: string;
  readonly config: RunConfig;
  readonly dataset: Dataset;
  readonly trainer: Trainer;
  readonly backend: BackendReport;
  /** The device beneath WebGPU; the run closes it. */
  readonly device: Device | undefined;
  readonly events: RunEvents;
  /** Where a continued run left off. */
  readonly totals?: RunningTotals;
  readonly unfinishedLosses?: readonly number[];
  readonly validationLoss?: number | undefined;
  readonly observed?: boolean;
  readonly moments?: MomentStore;
  readonly notices: readonly Notice[];
}

/**
 * The sample before the first step is noise: this much of it says so, and the first step does not
 * wait for more.
 */
const noiseLength = 60;

/** A GPU is VS Code's too: no more than this many steps wait for it. */
const stepsInQueue = 2;

export class ActiveRun {
  readonly runId: string;
  readonly config: RunConfig;
  readonly dataset: Dataset;
  readonly trainer: Trainer;
  readonly backend: BackendReport;
  readonly device: Device | undefined;
  /** What was seen of it, in this engine and in those before. */
  readonly moments: MomentStore;
  readonly #events: RunEvents;
  readonly #notices: readonly Notice[];
  readonly #collector: MetricCollector;
  readonly #validation;
  /** Runs while the run is not paused. */
  readonly #watch: Stopwatch;
  #totals: RunningTotals;
  #queued: Promise<void>[] = [];
  /** Of the last evaluation. */
  #validationLoss: number | undefined;
  /** The step of that; where it is not known, of the checkpoint that told it. */
  #evaluatedAt: number;
  #unsavedMetrics: MetricPoint[] = [];
  #unsavedSamples: Sample[] = [];
  /** The step before which evaluation and sample are done. */
  #observedStep = -1;
  /** The step of the last snapshot. */
  #savedStep = -1;
  /** What snapshots have of the moments, until it is known that they are stored. */
  readonly #savedMoments = new WeakMap<Snapshot, MomentPart>();
  readonly #frozen = new Set<Parameters>();
  #lastLoss: StepLoss | undefined;
  #lastSample: Sample | undefined;

  constructor(parts: RunParts) {
    this.runId = parts.runId;
    this.config = parts.config;
    this.dataset = parts.dataset;
    this.trainer = parts.trainer;
    this.backend = parts.backend;
    this.device = parts.device;
    this.#events = parts.events;
    this.moments = parts.moments ?? new MomentStore();
    this.#notices = parts.notices;
    this.#totals = parts.totals ?? { time: 0, elapsed: 0, tokens: 0 };
    this.#watch = new Stopwatch(this.#totals.elapsed);
    this.#validationLoss = parts.validationLoss;
    this.#evaluatedAt = parts.trainer.step;
    this.#collector = new MetricCollector(
      parts.config.training.steps,
      this.#totals,
      parts.unfinishedLosses,
    );
    this.#validation = validationBatches(parts.dataset, parts.config);
    if (parts.observed === true) this.#observedStep = parts.trainer.step;
    if (parts.totals) this.#savedStep = parts.trainer.step;
  }

  get step(): number {
    return this.trainer.step;
  }

  get steps(): number {
    return this.config.training.steps;
  }

  /** Whether something happened since the last snapshot. */
  get hasNews(): boolean {
    const unsaved = this.#unsavedMetrics.length + this.#unsavedSamples.length;
    return this.step !== this.#savedStep || unsaved > 0 || this.moments.hasUnsaved;
  }

  get finished(): boolean {
    return this.step >= this.steps;
  }

  get facts(): RunFacts {
    const { dataset } = this;
    const { textName } = dataset;
    return {
      runId: this.runId,
      name: this.config.name,
      config: this.config,
      ...(textName === undefined ? {} : { textName }),
      step: this.step,
      parameters: this.trainer.parameters.count,
      vocabulary: dataset.tokenizer.vocabularySize,
      trainTokens: dataset.task.train.length,
      validationTokens: dataset.task.validation.length,
      charactersPerToken: dataset.charactersPerToken,
      baselines: dataset.baselines,
      backend: this.backend,
      notices: [...dataset.notices, ...this.#notices],
    };
  }

  /** From now on time counts: the run goes on. */
  wake(): void {
    this.#watch.start();
  }

  /** From now on time does not count: the run pauses. */
  sleep(): void {
    this.#watch.stop();
  }

  /**
   * One step of training, after what is due before it: an evaluation, a sample. A `single` one is
   * seen at once, and on the curve by itself.
   */
  async advance(single = false): Promise<void> {
    const began = performance.now();
    const { step } = this.trainer;
    const result = this.trainer.learn(batchOfStep(this.dataset, this.config, step));
    this.#collector.add(step, result);
    if (single || this.#collector.pending >= this.#readEvery) await this.flush(single);
    this.#queued.push(submittedWorkDone());
    if (this.#queued.length >= stepsInQueue) await this.#queued.shift();
    const { batchSize } = this.config.training;
    this.#totals = {
      time: this.#totals.time + performance.now() - began,
      elapsed: this.#watch.elapsed,
      tokens: this.#totals.tokens + batchSize * this.config.model.context,
    };
  }

  /** Evaluates and samples if this step asks for it, and only once a step. */
  async observe(signal: AbortSignal): Promise<void> {
    const { step } = this.trainer;
    if (this.#observedStep === step) return;
    this.#observedStep = step;
    const { evaluateEvery, sampleEvery } = this.config.training;
    const isEvaluated = step % evaluateEvery === 0 || this.finished;
    if (isEvaluated) await this.#evaluate();
    if (step % sampleEvery === 0 || this.finished) {
      // A model that has diverged unread writes nothing.
      await this.flush();
      await this.#sample(signal);
    }
    if (isEvaluated && !signal.aborted) await this.#events.observed?.(this, this.#observation);
    this.#totals = { ...this.#totals, elapsed: this.#watch.elapsed };
  }

  /**
   * Reads what is still on the device, reports it and checks that the run is sound. With `each`
   * every step gets a point, otherwise as many together as the curve of the whole run asks for.
   */
  async flush(each = false): Promise<void> {
    const measured = await this.#collector.read();
    const first = measured[0];
    if (first?.step === 0) {
      const notice = checkFirstLoss(first.loss, this.dataset.baselines.uniform, this.config.model);
      if (notice) this.#events.notice(notice);
    }
    const { uniform } = this.dataset.baselines;
    const sound = soundSteps(measured, uniform);
    const rateOf = (step: number): number => learningRateAt(this.config.training, step);
    this.#report(this.#collector.points(sound, rateOf, this.#totals, each));
    const broken = measured[sound.length];
    if (broken !== undefined && Number.isFinite(broken.loss)) {
      // The curve ends with what the failure says.
      this.#report([pointOf(broken, broken.loss, rateOf, this.#totals)]);
    }
    checkSteps(measured, uniform, this.config.training);
  }

  /**
   * All that is needed to go on from here; what was measured and seen since the last snapshot goes
   * with it.
   */
  async snapshot(reason: SnapshotReason): Promise<Snapshot> {
    await this.flush();
    await this.#judgeWeights();
    const checkpoint = await checkpointOf(this.trainer, {
      config: this.config,
      tokenizer: this.dataset.tokenizer.serialize(),
      backend: this.backend,
      totals: { ...this.#totals, elapsed: this.#watch.elapsed },
      unfinishedLosses: this.#collector.unfinished,
      validationLoss: this.#judgement,
      observed: this.#observedStep === this.step,
    });
    const metrics = this.#unsavedMetrics;
    const samples = this.#unsavedSamples;
    this.#unsavedMetrics = [];
    this.#unsavedSamples = [];
    this.#savedStep = this.step;
    const { runId, step } = this;
    const validationLoss = this.#judgement;
    const seen = this.moments.takeUnsaved();
    const snapshot: Snapshot = {
      ...{ runId, step, reason, checkpoint, metrics, samples },
      ...(validationLoss !== undefined && { validationLoss }),
      ...(seen && { moments: writeMomentPart(seen).buffer }),
    };
    if (seen) this.#savedMoments.set(snapshot, seen);
    return snapshot;
  }

  /** A snapshot was not stored: what was measured and seen goes with the next one. */
  takeBack(snapshot: Snapshot): void {
    this.#unsavedMetrics.unshift(...snapshot.metrics);
    this.#unsavedSamples.unshift(...snapshot.samples);
    const seen = this.#savedMoments.get(snapshot);
    if (seen) this.moments.takeBack(seen);
    this.#savedStep = -1;
  }

  /**
   * Looks at the weights as they are now, however long it takes and whatever training does
   * meanwhile. With the run they are gone.
   */
  async withFrozen<Seen>(look: (parameters: Parameters) => Promise<Seen>): Promise<Seen> {
    const parameters = this.trainer.parameters.copy();
    this.#frozen.add(parameters);
    try {
      return await look(parameters);
    } finally {
      this.#frozen.delete(parameters);
      parameters.dispose();
    }
  }

  dispose(): void {
    for (const parameters of this.#frozen) parameters.dispose();
    this.#collector.dispose();
    this.trainer.dispose();
    this.device?.close();
  }

  get #observation(): Observation {
    const [trainingLoss, sample] = [this.#lastLoss, this.#lastSample];
    const validationLoss = this.#evaluatedAt === this.step ? this.#validationLoss : undefined;
    return {
      ...(trainingLoss && { trainingLoss }),
      ...(validationLoss !== undefined && { validationLoss }),
      ...(sample && { sample }),
    };
  }

  /** The last validation loss; that of the untrained model says nothing once it has learned. */
  get #judgement(): number | undefined {
    return this.#evaluatedAt === 0 && this.step > 0 ? undefined : this.#validationLoss;
  }

  /**
   * A GPU answers late, so its losses are read several at a time; host backends have them at once.
   */
  get #readEvery(): number {
    return this.backend.backend === 'webgpu' ? 8 : 1;
  }

  async #evaluate(): Promise<void> {
    await this.flush();
    const losses: number[] = [];
    for (const batch of this.#validation) {
      const loss = this.trainer.evaluate(batch);
      const [value = NaN] = await read(loss);
      dispose(loss);
      losses.push(value);
    }
    if (losses.length === 0) return;
    const validationLoss = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
    // Either the last step spoilt the weights, or the model has learned its text by heart.
    if (isBroken(validationLoss, this.dataset.baselines.uniform)) await this.#judgeWeights();
    this.#validationLoss = validationLoss;
    this.#evaluatedAt = this.step;
    this.#report([{ ...this.#here(), validationLoss }]);
  }

  /** What every point of the curves says, of the step that comes next. */
  #here(): Omit<MetricPoint, 'loss' | 'validationLoss'> {
    const { step } = this.trainer;
    return {
      step,
      time: this.#totals.time,
      elapsed: this.#watch.elapsed,
      learningRate: learningRateAt(this.config.training, step),
      tokens: this.#totals.tokens,
    };
  }

  /**
   * A step's loss is that of the weights before it: what its update made of them is seen by the
   * loss of the batch that would come next. Throws where a step from here would be given up.
   */
  async #judgeWeights(): Promise<void> {
    const { step } = this.trainer;
    const tensor = this.trainer.evaluate(batchOfStep(this.dataset, this.config, step));
    const [loss = NaN] = await read(tensor);
    dispose(tensor);
    const { uniform } = this.dataset.baselines;
    if (!isBroken(loss, uniform)) return;
    if (Number.isFinite(loss)) this.#report([{ ...this.#here(), loss }]);
    // No step was made, so that there is no gradient to judge.
    checkSteps([{ step, loss, gradientNorm: 0 }], uniform, this.config.training);
  }

  async #sample(signal: AbortSignal): Promise<void> {
    const { tokenizer, start, startText: prompt, score } = this.dataset;
    const { sampleLength, seed } = this.config.training;
    const maxTokens = this.step === 0 ? Math.min(noiseLength, sampleLength) : sampleLength;
    const sampling = { ...defaultSampling, maxTokens, seed: seed + this.step };
    const written: number[] = [];
    const writing = generate(this.trainer, [start], sampling, tokenizer.endOfText);
    for await (const { token } of writing) {
      written.push(token);
      if (signal.aborted) return;
    }
    const text = textOfTokens(written, tokenizer);
    const { temperature } = sampling;
    const sample = { step: this.step, prompt, text, temperature, ...score(text) };
    this.#unsavedSamples.push(sample);
    this.#lastSample = sample;
    this.#events.sample({ sample, ids: Int32Array.from(written) });
  }

  #report(points: readonly MetricPoint[]): void {
    if (points.length === 0) return;
    this.#unsavedMetrics.push(...points);
    for (const { step, loss } of points)
      if (loss !== undefined) this.#lastLoss = { step, value: loss };
    this.#events.metrics(points);
  }
}
