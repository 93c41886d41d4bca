/**
 * @file A model's weights while it lives: named tensors, made by the seed or restored from a
 * checkpoint.
 */
import type { ModelShape } from '../config/model';
import { PlaygroundError } from '../config/errors';
import { codePoints, randomKey } from '../config/random';
import type { Model } from '../model/model';
import { shapeText, sizeOf, type Tensor } from '../ops/tensor';
import { copy, dispose, variable } from '../ops/values';
import type { TracePath } from '../trace/scope';
import type { ParameterSpec } from './dryPass';

/** Values of named tensors outside the device, as a checkpoint holds them. */
export type NamedValues = ReadonlyMap<string, Float32Array>;

export class Parameters {
  readonly specs: readonly ParameterSpec[];
  readonly #tensors: Map<TracePath, Tensor>;

  private constructor(specs: readonly ParameterSpec[], tensors: Map<TracePath, Tensor>) {
    this.specs = specs;
    this.#tensors = tensors;
  }

  static #make(specs: readonly ParameterSpec[], tensorOf: (spec: ParameterSpec) => Tensor) {
    return new Parameters(specs, new Map(specs.map((spec) => [spec.name, tensorOf(spec)])));
  }

  /**
   * Fresh weights: one seed, one initialization. Each parameter draws under the hash of its own
   * name.
   */
  static initialize(
    model: Model,
    config: ModelShape,
    specs: readonly ParameterSpec[],
    seed: number,
  ): Parameters {
    return Parameters.#make(specs, (spec) => initial(model, config, spec, seed));
  }

  /**
   * The same weights, with a `turn` before each tensor; where a turn rejects, nothing is left
   * behind.
   */
  static async initializeInTurns(
    model: Model,
    config: ModelShape,
    specs: readonly ParameterSpec[],
    seed: number,
    turn: () => Promise<void>,
  ): Promise<Parameters> {
    const tensors = new Map<TracePath, Tensor>();
    try {
      for (const spec of specs) {
        await turn();
        tensors.set(spec.name, initial(model, config, spec, seed));
      }
    } catch (error) {
      dispose(...tensors.values());
      throw error;
    }
    return new Parameters(specs, tensors);
  }

  /** Weights from a checkpoint; every one must be there and have its size. */
  static restore(specs: readonly ParameterSpec[], values: NamedValues): Parameters {
    const checked = new Map(specs.map((spec) => [spec.name, fitting(spec, values)]));
    return Parameters.#make(specs, ({ name, shape }) =>
      variable(checked.get(name) ?? new Float32Array(), shape),
    );
  }

  /** The tensors by name; training updates their values. */
  get tensors(): ReadonlyMap<TracePath, Tensor> {
    return this.#tensors;
  }

  /** The current tensor of a parameter. */
  get(name: TracePath): Tensor {
    const found = this.#tensors.get(name);
    if (found) return found;
    throw new Error(`The model asks for a parameter “${name}” that its dry pass did not declare.`);
  }

  /**
   * These weights as they are now, whatever training does to the originals. The caller disposes of
   * it.
   */
  copy(): Parameters {
    return Parameters.#make(this.specs, ({ name }) => copy(this.get(name)));
  }

  /** How many numbers are learned. */
  get count(): number {
    return this.specs.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  }

  dispose(): void {
    dispose(...this.#tensors.values());
    this.#tensors.clear();
  }
}

function initial(
  model: Model,
  config: ModelShape,
  { name, kind, shape }: ParameterSpec,
  seed: number,
): Tensor {
  const key = randomKey(seed, 'initialization', ...codePoints(name));
  return variable(model.initialValues(config, kind, shape, key), shape);
}

function fitting({ name, shape }: ParameterSpec, values: NamedValues): Float32Array {
  const found = values.get(name);
  if (found?.length === sizeOf(shape)) return found;
  const what = found ? `holds ${found.length} numbers` : 'is missing';
  throw new PlaygroundError({
    code: 'checkpoint-does-not-fit',
    message: `The parameter ${name} ${what}; the configuration needs ${shapeText(shape)}.`,
    remedy: 'Open the checkpoint with the configuration it was trained with.',
  });
}
