/** @file Opens the backend of a run: the one the user chose, the one its checkpoint was made on, or the fastest. */
import type { BackendChoice, BackendReport } from '../config/backend';
import type { ModelShape } from '../config/model';
import type { RunConfig } from '../config/run';
import { chooseBackend, type ChosenBackend } from '../backends/choice';
import type { Model } from '../model/model';
import { registerKernels } from '../ops/kernels/register';
import { read } from '../ops/values';
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
  /** Why WebGPU must not be tried again in this session. */
  readonly lost: string | undefined;
}

/** The backend is current afterwards. Never fails: plain CPU is always there. */
export function openBackend(needs: BackendNeeds): Promise<ChosenBackend> {
  const { choice, recorded, config, shape, lost } = needs;
  registerKernels();
  return chooseBackend({
    choice: choice === 'auto' && recorded ? recorded.backend : choice,
    assets: needs.asset,
    probe: () => timeStep(needs),
    largestTensor: 4 * config.training.batchSize * shape.context * shape.vocabulary,
    ...(lost !== undefined && { lost }),
  });
}

/** Milliseconds of one training step of this very configuration on the current backend. */
async function timeStep({ config, shape, dataset, model }: BackendNeeds): Promise<number> {
  const trainer = new Trainer({ model, config: shape, training: config.training });
  try {
    const step = async (): Promise<void> => {
      const result = trainer.learn(batchOfStep(dataset, config, trainer.step));
      await read(result.loss);
      disposeStep(result);
    };
    await step();
    const began = performance.now();
    for (let count = 0; count < timedSteps; count++) await step();
    return (performance.now() - began) / timedSteps;
  } finally {
    trainer.dispose();
  }
}
