/**
 * @file Which windows of a text a step sees. Knows ids only; random draws depend on the sample's
 * number alone.
 */
import { integerBelow, randomKey } from '../config/random';

/** Token ids and the ids that really came next, both [batch × position], row after row. */
export interface Batch {
  readonly inputs: Int32Array;
  /** Where one is negative the loss is 0 and teaches nothing, but counts in the mean. */
  readonly targets: Int32Array;
  readonly batchSize: number;
  /** Positions a row. */
  readonly context: number;
}

export interface TrainBatchOptions {
  readonly batchSize: number;
  /** Positions a row. */
  readonly context: number;
  readonly seed: number;
  /**
   * How many samples the run has drawn before this batch. It numbers the rows, so that neither
   * accumulation nor the number of workers nor a resume changes what sample 1,000 is.
   */
  readonly firstSample: number;
}

/**
 * Windows at random places, all places equally likely. `ids` must hold more than `context` tokens.
 */
export function trainBatch(
  ids: Int32Array,
  { batchSize, context, seed, firstSample }: TrainBatchOptions,
): Batch {
  const places = ids.length - context;
  return windowsAt(ids, context, batchSize, (row) => {
    const sample = firstSample + row;
    const key = randomKey(seed, 'batch', sample % 2 ** 32, Math.floor(sample / 2 ** 32));
    return integerBelow(key, 0, places);
  });
}

export interface EvaluationOptions {
  readonly batchSize: number;
  readonly context: number;
  /** At most this many batches. */
  readonly batches: number;
}

/**
 * The same windows at every evaluation: evenly spaced from the first token to the last. Every batch
 * is full, so that the mean of the batches' losses is the loss. A text too short for that many
 * separate windows gets fewer batches; in the last one they overlap. None if it is shorter than one
 * window.
 */
export function evaluationBatches(
  ids: Int32Array,
  { batchSize, context, batches }: EvaluationOptions,
): Batch[] {
  const lastPlace = ids.length - context - 1;
  if (lastPlace < 0) return [];
  const separate = Math.floor((ids.length - 1) / context);
  const count = Math.max(1, Math.min(batches, Math.floor(separate / batchSize)));
  const rows = count * batchSize;
  return Array.from({ length: count }, (_, batch) =>
    windowsAt(ids, context, batchSize, (row) =>
      rows === 1 ? 0 : Math.floor(((batch * batchSize + row) * lastPlace) / (rows - 1)),
    ),
  );
}

function windowsAt(
  ids: Int32Array,
  context: number,
  batchSize: number,
  placeOf: (row: number) => number,
): Batch {
  const inputs = new Int32Array(batchSize * context);
  const targets = new Int32Array(batchSize * context);
  for (let row = 0; row < batchSize; row++) {
    const place = placeOf(row);
    inputs.set(ids.subarray(place, place + context), row * context);
    targets.set(ids.subarray(place + 1, place + context + 1), row * context);
  }
  return { inputs, targets, batchSize, context };
}
