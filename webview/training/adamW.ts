/**
 * @file AdamW (Kingma and Ba, 2015; Loshchilov and Hutter, 2019): every weight gets its own step
 * length, from running means of its gradient and of its square.
 *   m ← β₁ m + (1 − β₁) g        v ← β₂ v + (1 − β₂) g²
 *   w ← w − lr · ( m̂ / (√v̂ + ε) + decay · w )        m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ)
 */
import { adamWNumbers, adamWStep } from '../ops/optimize';
import { sizeOf, type Tensor } from '../ops/tensor';
import { dispose, tidy, variable } from '../ops/values';
import type { TrainingConfig } from '../config/training';
import type { ParameterSpec } from './dryPass';
import type { NamedValues, Parameters } from './parameters';

/** The running means of every parameter, outside the device. */
export interface RunningMeans {
  readonly mean: NamedValues;
  readonly meanSquare: NamedValues;
}

/** Which parameters weight decay pulls towards zero: by default matrices, not biases and norms. */
export type DecayGroup = (spec: ParameterSpec) => boolean;

export const decayMatrices: DecayGroup = ({ shape }) => shape.length >= 2;

export class AdamW {
  readonly #parameters: Parameters;
  readonly #decays: DecayGroup;
  readonly #mean = new Map<string, Tensor>();
  readonly #meanSquare = new Map<string, Tensor>();

  constructor(parameters: Parameters, decays: DecayGroup, moments?: RunningMeans) {
    this.#parameters = parameters;
    this.#decays = decays;
    const zeros = (spec: ParameterSpec) => new Float32Array(sizeOf(spec.shape));
    for (const spec of parameters.specs) {
      const mean = moments?.mean.get(spec.name) ?? zeros(spec);
      const meanSquare = moments?.meanSquare.get(spec.name) ?? zeros(spec);
      this.#mean.set(spec.name, variable(mean, spec.shape));
      this.#meanSquare.set(spec.name, variable(meanSquare, spec.shape));
    }
  }

  /** The running means as tensors, for a checkpoint. */
  get moments(): { mean: ReadonlyMap<string, Tensor>; meanSquare: ReadonlyMap<string, Tensor> } {
    return { mean: this.#mean, meanSquare: this.#meanSquare };
  }

  /**
   * Updates all parameters.
   * @param step number of this update, the first is 1
   * @param scale scalar factor of the gradients, from clipping
   */
  update(
    config: TrainingConfig,
    gradients: ReadonlyMap<string, Tensor>,
    learningRate: number,
    step: number,
    scale: Tensor,
  ): void {
    tidy(() => {
      const numbers = adamWNumbers({ ...config, learningRate }, step);
      for (const spec of this.#parameters.specs) {
        const gradient = gradients.get(spec.name);
        const mean = this.#mean.get(spec.name);
        const meanSquare = this.#meanSquare.get(spec.name);
        if (!gradient || !mean || !meanSquare) throw new Error(`No gradient for ${spec.name}.`);
        const parameter = this.#parameters.get(spec.name);
        const decay = this.#decays(spec);
        adamWStep({ parameter, gradient, mean, meanSquare, numbers, scale, decay });
      }
    });
  }

  dispose(): void {
    dispose(...this.#mean.values(), ...this.#meanSquare.values());
  }
}
