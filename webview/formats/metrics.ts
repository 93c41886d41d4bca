/**
 * @file What a run measures and writes while it trains, one JSON line each: `metrics-*.jsonl` and
 * `samples-*.jsonl`. It knows lines of text, not files; names of files are in `runFolder.ts`.
 */
import * as z from '../config/zod';
import { decodeNumber, encodeNumber, nonFiniteNames } from './nonFinite';

/**
 * One point of a run's curves. Losses are cross-entropies in nats per token; any may be NaN or
 * ±Infinity.
 */
export interface MetricPoint {
  /** Updates made before this point was measured: step 0 is the untrained model. */
  readonly step: number;
  /** Training time since the run's start in ms; pauses and time away do not count. */
  readonly time: number;
  /**
   * Time since the run's start in ms with evaluations, samples and snapshots; pauses and time away
   * do not count. Absent in runs of earlier releases.
   */
  readonly elapsed?: number;
  /** Of the step's batch, or the mean since the previous point. */
  readonly loss?: number;
  readonly validationLoss?: number;
  readonly learningRate: number;
  /**
   * Global L2 norm of the gradient before clipping; absent where only the validation loss was
   * measured.
   */
  readonly gradientNorm?: number;
  /** Training tokens seen so far. */
  readonly tokens: number;
  readonly tokensPerSecond?: number;
}

/** A text the model wrote while it trained. */
export interface Sample {
  readonly step: number;
  readonly prompt: string;
  /** What the model wrote, without the prompt. */
  readonly text: string;
  readonly temperature: number;
  /** Share of its words that are in the corpus' lexicon, 0 … 1. */
  readonly lexiconShare?: number;
  /** Share of its sentences that the corpus' grammar parses, 0 … 1. */
  readonly sentenceShare?: number;
}

/** Accepts what {@link encodeNumber} writes and gives the number back. */
const measured = z.pipe(z.union([z.number(), z.enum(nonFiniteNames)]), z.transform(decodeNumber));
const count = z.int().check(z.nonnegative());

/** A line of `metrics-*.jsonl`, parsed. Fields of later versions are kept. */
export const metricPointSchema = z.looseObject({
  step: count,
  time: measured,
  elapsed: z.exactOptional(measured),
  loss: z.exactOptional(measured),
  validationLoss: z.exactOptional(measured),
  learningRate: measured,
  gradientNorm: z.exactOptional(measured),
  tokens: count,
  tokensPerSecond: z.exactOptional(measured),
});

/** A line of `samples-*.jsonl`, parsed. Fields of later versions are kept. */
export const sampleSchema = z.looseObject({
  step: count,
  prompt: z.string(),
  text: z.string(),
  temperature: measured,
  lexiconShare: z.exactOptional(measured),
  sentenceShare: z.exactOptional(measured),
});

/** What a part held: its readable lines in their order, and how many others it had. */
export interface Lines<T> {
  readonly lines: readonly T[];
  /** Lines that could not be read: usually the last, cut off while it was written. */
  readonly damaged: number;
}

export const readMetrics = (part: Uint8Array): Lines<MetricPoint> =>
  readLines(part, (value) => metricPointSchema.safeParse(value));

export const readSamples = (part: Uint8Array): Lines<Sample> =>
  readLines(part, (value) => sampleSchema.safeParse(value));

/** A part as bytes: UTF-8, one line a value, each ended by a newline. */
export function writeLines(values: readonly (MetricPoint | Sample)[]): Uint8Array<ArrayBuffer> {
  const encoded = (_key: string, value: unknown): unknown =>
    typeof value === 'number' ? encodeNumber(value) : value;
  return new TextEncoder().encode(
    values.map((value) => `${JSON.stringify(value, encoded)}\n`).join(''),
  );
}

/** Reads what can be read: a file copied or cut in mid-write is shorter, never wrong. */
function readLines<T>(
  part: Uint8Array,
  check: (value: unknown) => { success: true; data: T } | { success: false },
): Lines<T> {
  const lines: T[] = [];
  let damaged = 0;
  for (const line of new TextDecoder().decode(part).split('\n')) {
    if (line.trim() === '') {
      continue;
    }
    const checked = check(parseJson(line));
    if (checked.success) {
      lines.push(checked.data);
    } else {
      damaged += 1;
    }
  }
  return { lines, damaged };
}

/** Undefined, which no line can be, where the text is no JSON. */
function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
