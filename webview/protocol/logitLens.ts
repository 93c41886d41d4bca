/**
 * @file The logit lens (nostalgebraist, 2020): what the model would say, at each position, if it
 * had to answer after each layer.
 */
import type { LookedText, TokenView } from './attentionMaps';

export interface LogitLensRequest {
  readonly of: LookedText;
  /** How many of the likeliest tokens are wanted. */
  readonly top: number;
}

/** Arrays are in row-major order of the axes named. */
export interface LogitLens {
  readonly runId: string;
  readonly step: number;
  readonly tokens: readonly TokenView[];
  /** Tokens of the text that are not shown, since the model sees no more at once. */
  readonly cropped: number;
  /**
   * Paths of the residual stream in the order of a pass: before the first layer, after each one.
   * After the last one stands what the model really says.
   */
  readonly depths: readonly string[];
  /** As many as asked for, or as the vocabulary has. */
  readonly top: number;
  /** The likeliest tokens, likeliest first, and their probabilities. [depth × position × top] */
  readonly ids: Int32Array;
  readonly probabilities: Float32Array;
  /** How undecided it is, in nats: 0 is certain, ln V a blind guess. [depth × position] */
  readonly entropies: Float32Array;
  /**
   * Probability of the token that really comes next, and its place among all, from 1; NaN and 0 at
   * the last position, where it is not known. [depth × position]
   */
  readonly trueProbabilities: Float32Array;
  readonly trueRanks: Int32Array;
  /** Every token that occurs in `ids`. */
  readonly vocabulary: readonly TokenView[];
}
