/**
 * @file The training step: batch → forward → loss → backward → clip → update, the same on each
 * backend. Owns weights and optimizer; knows no text, no clock and no page.
 */
import type { ModelShape } from '../config/model';
import { codePoints, randomKey } from '../config/random';
import type { TrainingConfig } from '../config/training';
import type { Model } from '../model/model';
import { lossAndGradients } from '../ops/gradients';
import { clipFactor, globalNorm } from '../ops/optimize';
import type { Tensor } from '../ops/tensor';
import { dispose, ids, keep, tidy } from '../ops/values';
import type { Batch } from '../tasks/batches';
import type { Pass, TraceListener } from '../trace/scope';
import { AdamW, decayMatrices, type DecayGroup, type RunningMeans } from './adamW';
import { batchTensors } from './batch';
import { dryPass } from './dryPass';
import { Parameters, type NamedValues } from './parameters';
import { passOver } from './pass';
import { learningRateAt } from './schedule';

/** What a step leaves on the device; the caller reads it when it likes, and disposes of it. */
export interface StepResult {
  /** Mean loss of the batch before the update, a scalar. */
  readonly loss: Tensor;
  /** Length of the gradient before clipping, a scalar. */
  readonly gradientNorm: Tensor;
  readonly learningRate: number;
}

export interface TrainerOptions {
  readonly model: Model;
  readonly config: ModelShape;
  readonly training: TrainingConfig;
  /** Weights and running means of a checkpoint; fresh ones from the seed otherwise. */
  readonly restored?: {
    readonly weights: NamedValues;
    readonly moments?: RunningMeans;
    readonly step: number;
  };
  readonly decays?: DecayGroup;
}

export class Trainer {
  readonly model: Model;
  readonly config: ModelShape;
  readonly parameters: Parameters;
  readonly optimizer: AdamW;
  readonly #training: TrainingConfig;
  #step: number;

  constructor(options: TrainerOptions, parameters = parametersOf(options)) {
    const { model, config, training, restored, decays = decayMatrices } = options;
    this.model = model;
    this.config = config;
    this.#training = training;
    this.parameters = parameters;
    this.optimizer = new AdamW(this.parameters, decays, restored?.moments);
    this.#step = restored?.step ?? 0;
  }

  /**
   * A trainer with fresh weights takes a `turn` before each of them; where a turn rejects, nothing
   * is left behind.
   */
  static async load(options: TrainerOptions, turn: () => Promise<void>): Promise<Trainer> {
    const { model, config, training, restored } = options;
    if (restored) return new Trainer(options);
    const specs = dryPass(model, config).parameters;
    const { seed } = training;
    const parameters = await Parameters.initializeInTurns(model, config, specs, seed, turn);
    return new Trainer(options, parameters);
  }

  /** Updates made so far. */
  get step(): number {
    return this.#step;
  }

  /** Learns from one batch. */
  learn(batch: Batch): StepResult {
    const learningRate = learningRateAt(this.#training, this.#step);
    const result = tidy(() => {
      const { loss, gradients } = this.gradients(batch);
      const gradientNorm = globalNorm(gradients.values());
      const scale = clipFactor(gradientNorm, this.#training.clipNorm);
      this.optimizer.update(this.#training, gradients, learningRate, this.#step + 1, scale);
      return { loss: keep(loss), gradientNorm: keep(gradientNorm), learningRate };
    });
    this.#step += 1;
    return result;
  }

  /**
   * Loss of a batch and its gradient for every parameter, with this step's dropout. A listener sees
   * every traced value. Call inside a tidy.
   */
  gradients(batch: Batch, listener?: TraceListener): ReturnType<typeof lossAndGradients> {
    const { inputs, targets } = batchTensors(batch);
    const scope = passOver(this.config, this.parameters, { listener, dropout: this.#dropout() });
    return lossAndGradients(this.parameters.tensors, () =>
      this.model.loss(scope, this.model.forward(scope, this.config, inputs), targets),
    );
  }

  /**
   * Mean loss of a batch without dropout and without learning, a scalar that the caller disposes
   * of.
   */
  evaluate(batch: Batch): Tensor {
    return tidy(() => {
      const { inputs, targets } = batchTensors(batch);
      const scope = passOver(this.config, this.parameters);
      return keep(this.model.loss(scope, this.model.forward(scope, this.config, inputs), targets));
    });
  }

  dispose(): void {
    this.parameters.dispose();
    this.optimizer.dispose();
  }

  #dropout(): Pass['dropout'] {
    const { dropout: rate } = this.config;
    if (rate === 0) return undefined;
    const { seed } = this.#training;
    const step = this.#step;
    return {
      rate,
      key: (site) => ids([randomKey(seed, 'dropout', step, ...codePoints(site)) | 0], [1]),
    };
  }
}

function parametersOf({ model, config, training, restored }: TrainerOptions): Parameters {
  const specs = dryPass(model, config).parameters;
  return restored
    ? Parameters.restore(specs, restored.weights)
    : Parameters.initialize(model, config, specs, training.seed);
}

/** Disposes of what a step left on the device. */
export function disposeStep({ loss, gradientNorm }: StepResult): void {
  dispose(loss, gradientNorm);
}
