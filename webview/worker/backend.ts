/**
 * @file Opens the backend of a run: the one the user chose, the one its checkpoint was made on, or
 * the fastest.
 */
import type { BackendChoice, BackendReport } from '../config/backend';
import type { ModelShape } from '../config/model';
import type { RunConfig } from '../config/run';
import { chooseBackend, type ChosenBackend } from '../backends/choice';
import type { Model } from '../model/model';
import { registerKernels } from '../ops/kernels/register';
import { read } from '../ops/values';
import type { RunMemory } from '../training/memory';
import { disposeStep, Trainer } from '../training/trainer';
import { batchOfStep, type Dataset } from './dataset';

/** Timed steps of the probe; the first one, which compiles, is not among them. */
const timedSteps = 2;

export interface BackendNeeds {
  readonly choice: BackendChoice;
  /** What a continued run was trained on: the same one gives the same bits. */
  readonly recorded: BackendReport | undefined;
  readonly config: RunConfig;
  readonly shape: ModelShape;
  readonly dataset: Dataset;
  readonly model: Model;
  readonly asset: (name: string) => Promise<ArrayBuffer>;
  /** What the run will take. */
  readonly memory: RunMemory;
  /** Comes before every piece of work that takes long; rejects where the run was given up. */
  readonly turn: () => Promise<void>;
  readonly signal: AbortSignal;
  /** Why this run must not try WebGPU: its device was lost. */
  readonly lost: string | undefined;
}

/**
 * The backend is current afterwards.
 *
 * @throws PlaygroundError `model-too-large` where the run fits none; the signal's reason where it
 * was given up.
 */
export function openBackend(needs: BackendNeeds): Promise<ChosenBackend> {
  const { choice, recorded, memory, signal, lost } = needs;
  registerKernels();
  return chooseBackend({
    choice,
    ...(recorded && { recorded: recorded.backend }),
    assets: needs.asset,
    probe: () => timeStep(needs),
    memory,
    signal,
    ...(lost !== undefined && { lost }),
  });
}

/** Milliseconds of one training step of this very configuration on the current backend. */
async function timeStep({ config, shape, dataset, model, turn }: BackendNeeds): Promise<number> {
  const trainer = await Trainer.load({ model, config: shape, training: config.training }, turn);
  try {
    const step = async (): Promise<void> => {
      const result = trainer.learn(batchOfStep(dataset, config, trainer.step));
      await read(result.loss);
      disposeStep(result);
    };
    await turn();
    await step();
    let took = 0;
    for (let count = 0; count < timedSteps; count++) {
      await turn();
      const began = performance.now();
      await step();
      took += performance.now() - began;
    }
    return took / timedSteps;
  } finally {
    trainer.dispose();
  }
}
