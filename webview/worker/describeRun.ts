/** @file The trace points of the run in the engine, with the shapes of its training steps. */
import { describePoints } from '../inspection/describe';
import type { ModelDescription } from '../protocol/inspectionApi';
import { nothingTo } from './refusals';
import type { Session } from './session';

export function describeRun({ run }: Pick<Session, 'run'>): ModelDescription {
  if (!run) throw nothingTo('Describing a model');
  const { runId, trainer, config } = run;
  const { batchSize } = config.training;
  const points = describePoints(trainer.model, trainer.config, batchSize, config.model.context);
  return { runId, points };
}
