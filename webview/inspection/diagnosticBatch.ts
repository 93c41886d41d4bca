/**
 * @file The text on which heads show what they do: random tokens, and the same once more. Nothing
 * in it can be guessed but that it repeats. The same for every model of a shape. Knows no tensors.
 */
import { PlaygroundError } from '../config/errors';
import type { ModelShape } from '../config/model';
import { integerBelow, randomKey } from '../config/random';
import type { Probe } from '../trace/probe';

/** How many rows a score is the mean over. */
const rows = 4;

/** Longer ones show no more, and cost the square of their length. */
const longestPeriod = 64;

/** With a period of 1, a token, the one before it and the one to be found would be one. */
const shortestPeriod = 2;

export interface DiagnosticBatch {
  readonly input: Probe['input'];
  /** Tokens until a row begins again. */
  readonly period: number;
}

/**
 * Rows of 2 · period tokens, the end-of-text token never among them. Within a period all differ, as
 * far as the vocabulary goes: a head that looks for a token has one earlier place to find it at,
 * and not several among which its attention would be shared.
 * @throws PlaygroundError where the context has no room for anything to repeat
 */
export function diagnosticBatch(
  { context, vocabulary }: Pick<ModelShape, 'context' | 'vocabulary'>,
  endOfText: number,
): DiagnosticBatch {
  if (!canDiagnose(context)) {
    throw new PlaygroundError({
      code: 'context-too-short',
      message: `What a head does is seen on tokens that repeat, and a context of ${context} is too short for that.`,
      remedy: `Train a model with a context of at least ${2 * shortestPeriod}.`,
    });
  }
  const choices = vocabulary - 1;
  const halves = Math.min(Math.floor(context / 2), longestPeriod);
  const period = Math.max(shortestPeriod, Math.min(halves, choices));
  const length = 2 * period;
  const inputs = new Int32Array(rows * length);
  const targets = new Int32Array(rows * length).fill(-1);
  for (let row = 0; row < rows; row++) {
    const drawn = drawTokens(row, period, choices).map((id) => (id < endOfText ? id : id + 1));
    inputs.set([...drawn, ...drawn], row * length);
    targets.set(inputs.subarray(row * length + 1, (row + 1) * length), row * length);
  }
  return { input: { inputs, targets, batchSize: rows, context: length }, period };
}

/** Whether a context has room for tokens that repeat. */
export function canDiagnose(context: number): boolean {
  return context >= 2 * shortestPeriod;
}

/** Numbers below `choices`, all different if there are enough. */
function drawTokens(row: number, count: number, choices: number): number[] {
  const key = randomKey(0, 'diagnosis', row);
  const drawn = new Set<number>();
  if (choices < count) return Array.from({ length: count }, (_, at) => at % choices);
  for (let draw = 0; drawn.size < count; draw++) drawn.add(integerBelow(key, draw, choices));
  return [...drawn];
}
