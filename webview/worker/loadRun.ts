/** @file Everything between the command and the first step: text, backend, weights. */
import type { RunConfig } from '../config/run';
import { PlaygroundError } from '../config/errors';
import { yieldToEventLoop } from '../backends/yield';
import type { StartRun } from '../protocol/engineApi';
import { dryPass } from '../training/dryPass';
import { estimateMemory } from '../training/memory';
import { Trainer } from '../training/trainer';
import { ActiveRun, type RunEvents } from './activeRun';
import { openBackend } from './backend';
import { restoreCheckpoint } from './checkpoints';
import { continuedElsewhere } from './continuedElsewhere';
import { loadDataset, type Dataset } from './dataset';
import { loadedModel } from './loadedModel';
import { explained } from './memoryFailure';
import { restoredMoments } from './restoredMoments';

export interface LoadTools {
  readonly asset: (name: string) => Promise<ArrayBuffer>;
  readonly signal: AbortSignal;
  readonly events: RunEvents;
  /** Why this run must not try WebGPU: its device was lost. */
  readonly lost: string | undefined;
  readonly onProgress: (activity: string, share?: number) => void;
}

/** Loads a run, fresh or from its checkpoint, up to the point where its next step can be made. */
export async function loadRun(params: StartRun, tools: LoadTools): Promise<ActiveRun> {
  const { runId, text } = params;
  const saved = params.checkpoint && restoreCheckpoint(params.checkpoint);
  const config: RunConfig = saved?.config ?? params.config;
  const dataset = await loadDataset(config, text, { ...tools, yieldTo: yieldToEventLoop });
  if (saved) checkTokenizer(saved.tokenizer, dataset);
  tools.signal.throwIfAborted();
  tools.onProgress('Choosing where to train');
  const model = loadedModel();
  const shape = { ...config.model, vocabulary: dataset.tokenizer.vocabularySize };
  const memory = estimateMemory(model, shape, config.training.batchSize);
  const turn = async (): Promise<void> => {
    await yieldToEventLoop();
    tools.signal.throwIfAborted();
  };
  const { report, device } = await openBackend({
    memory,
    turn,
    signal: tools.signal,
    choice: params.backend,
    recorded: params.recordedBackend,
    config,
    shape,
    dataset,
    model,
    asset: tools.asset,
    lost: tools.lost,
  });
  try {
    tools.signal.throwIfAborted();
    tools.onProgress('Making the model');
    const restored = saved && {
      step: saved.step,
      ...saved.tensorsFor(dryPass(model, shape).parameters),
    };
    const { training } = config;
    const options = { model, config: shape, training, ...(restored && { restored }) };
    const trainer = await Trainer.load(options, turn);
    const { moments, notices } = restoredMoments(params, saved?.step ?? 0);
    return new ActiveRun({
      runId,
      config,
      dataset,
      trainer,
      backend: report,
      device,
      events: tools.events,
      moments,
      notices: [...continuedElsewhere(params.recordedBackend, report), ...notices],
      ...(saved && {
        totals: saved.totals,
        unfinishedLosses: saved.unfinishedLosses,
        validationLoss: saved.validationLoss,
        observed: saved.observed,
      }),
    });
  } catch (error) {
    device?.close();
    throw explained(error, { backend: report.backend, memory });
  }
}

/** Ids mean other tokens once the text has other characters: the weights would be nonsense. */
function checkTokenizer(saved: unknown, { tokenizer }: Dataset): void {
  if (JSON.stringify(saved) === JSON.stringify(tokenizer.serialize())) return;
  throw new PlaygroundError({
    code: 'text-changed',
    message: 'The text has other characters or tokens than when this run was trained.',
    remedy: 'Bring the text back as it was, or train a new run on it.',
  });
}
