/** @file Whether a run is sound: where its loss starts, and when numbers explode. */
import { formatCount } from '../config/counts';
import { PlaygroundError } from '../config/errors';
import type { DeviceTrouble } from '../backends/device';
import type { ModelConfig } from '../config/model';
import type { TrainingConfig } from '../config/training';
import type { Notice } from '../protocol/engineApi';
import type { MeasuredStep } from './metrics';

/** An untrained model should know nothing: its first loss is within this of ln V, in nats. */
const firstLossTolerance = 0.1;

/**
 * Up to here the difference may be chance: logits of a spread of 0.2 favour one frequent token or
 * another, which in a text of few tokens does not average out. Seen: 0.10 with the default's seed
 * on 705 tokens, 0.01 with two others.
 */
const firstLossChance = 0.3;

/** A loss this many times that of a uniform guess is not learning any more. */
const explosion = 10;

/**
 * The standard deviation of first logits: the final norm gives the stream a length of √dModel, and
 * the entries of the output table start at 0.02, with either initialization.
 */
function firstSpread(dModel: number): number {
  return 0.02 * Math.sqrt(dModel);
}

/**
 * Nats that a spread of σ adds to the first loss on average: softmax's denominator is V times the
 * mean of e^z, which is e^(σ²/2) where the logits z are normal.
 */
function costOf(spread: number): number {
  return spread ** 2 / 2;
}

/** A width from which its share of the first loss is more than rounding: about dModel 250. */
const visibleCost = 0.05;

/** What it suggests that a model starts better than a guess. */
function startsWell({ tied }: ModelConfig): string {
  const found = 'It starts better than a guess:';
  if (!tied) return `${found} the model may see its own answers.`;
  return `${found} with a tied output an untrained model can lean towards the token that it has just read, which does well on a text that repeats its tokens. On any other text the model may see its own answers.`;
}

/** What a first loss other than ln V suggests; undefined where it is as it should be. */
export function checkFirstLoss(
  loss: number,
  uniform: number,
  model: ModelConfig,
): Notice | undefined {
  const difference = Math.abs(loss - uniform);
  if (difference <= firstLossTolerance) return undefined;
  const found =
    `The first loss is ${loss.toFixed(2)} nats, but a model that knows nothing yet should start at ` +
    `ln V = ${uniform.toFixed(2)}.`;
  const spread = firstSpread(model.dModel);
  const cost = costOf(spread);
  if (cost >= visibleCost && Math.abs(loss - uniform - cost) <= firstLossChance / 2) {
    const width = `That is the width: logits of a width of ${model.dModel} start with a spread of ${spread.toFixed(2)}, which costs ${cost.toFixed(2)} nats on average, a little more or less by chance. They settle within the first steps.`;
    return { code: 'first-loss', severity: 'information', message: `${found} ${width}` };
  }
  if (difference <= firstLossChance) {
    const chance =
      'So small a difference is chance: the first weights happen to favour some tokens, or not the frequent ones.';
    return { code: 'first-loss', severity: 'information', message: `${found} ${chance}` };
  }
  const suggests =
    loss > uniform
      ? `It starts with opinions of its own: the logits of a width of ${model.dModel} spread too far. They settle within the first steps; a smaller width starts closer.`
      : startsWell(model);
  return { code: 'first-loss', severity: 'warning', message: `${found} ${suggests}` };
}

/** Whether a loss is no number any more, or has exploded. */
export function isBroken(loss: number, uniform: number): boolean {
  return problem(loss, 0, uniform) !== undefined;
}

/** The steps before the first at which {@link checkSteps} gives a run up. */
export function soundSteps(steps: readonly MeasuredStep[], uniform: number): MeasuredStep[] {
  const broken = steps.findIndex(({ loss, gradientNorm }) => problem(loss, gradientNorm, uniform));
  return broken < 0 ? [...steps] : steps.slice(0, broken);
}

/** Throws where a loss or a gradient is no number any more, or has exploded. */
export function checkSteps(
  steps: readonly MeasuredStep[],
  uniform: number,
  training: TrainingConfig,
): void {
  for (const { step, loss, gradientNorm } of steps) {
    const found = problem(loss, gradientNorm, uniform);
    if (!found) continue;
    const slower = `Lower the learning rate (it was ${training.learningRate})`;
    const longer = `lengthen the warm-up (${formatCount(training.warmupSteps)} steps)`;
    throw new PlaygroundError({
      code: 'training-diverged',
      message: `Training diverged at step ${formatCount(step)}: ${found}.`,
      remedy:
        training.clipNorm === 0
          ? `${slower}, ${longer}, or switch gradient clipping on (1 is usual).`
          : `${slower}, or ${longer}.`,
    });
  }
}

function problem(loss: number, gradientNorm: number, uniform: number): string | undefined {
  if (!Number.isFinite(loss)) return `the loss is ${loss}`;
  if (!Number.isFinite(gradientNorm)) return `the gradient’s length is ${gradientNorm}`;
  if (loss > explosion * Math.max(1, uniform)) {
    return `the loss is ${loss.toFixed(1)}, more than ${explosion} times that of a uniform guess`;
  }
  return undefined;
}

/** What to tell when the graphics device beneath a run failed. */
export function deviceFailure(kind: DeviceTrouble['kind'], message: string): PlaygroundError {
  switch (kind) {
    case 'lost':
      return new PlaygroundError({
        code: 'device-lost',
        message: `The graphics device was lost: ${message}`,
        remedy:
          'The run goes on from its last checkpoint, or begins again if it has none yet, on WASM if need be. If it does not by itself, resume it or start it again.',
      });
    case 'out-of-memory':
      return new PlaygroundError({
        code: 'gpu-out-of-memory',
        message: `The graphics device refused memory: ${message}`,
        remedy: 'Choose a smaller batch, context or width, or the WASM backend.',
      });
    case 'invalid-command':
      return new PlaygroundError({
        code: 'gpu-invalid-command',
        message: `The graphics device refused a command: ${message}`,
        remedy: 'Choose the WASM backend, and report this with “Transformer: Copy Diagnostics”.',
      });
    default:
      return kind satisfies never;
  }
}
