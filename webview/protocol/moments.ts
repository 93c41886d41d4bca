/**
 * @file A run through time: what was seen in the model at each evaluation, kept in the engine so
 * that a page can go back and forth in it.
 */
import type { HeadScores, NamedRole, TokenView } from './attentionMaps';

/** A head that was found to do what a role says. */
export interface RoleHad {
  /** Of the pattern. */
  readonly path: string;
  readonly head: number;
  readonly role: NamedRole;
}

/** A head that was found to do so for the first time in the run. */
export interface RoleGained extends RoleHad {
  readonly step: number;
}

/** Every role that heads have had so far: all that tells which one is new at the next moment. */
export interface RolesSoFar {
  /** At the first moment of the run: nobody has gained them. */
  readonly began: readonly RoleHad[];
  /** At any later one, kept or not, ascending. */
  readonly gained: readonly RoleGained[];
}

/** A training loss in nats, with the step whose batch it is of, or the last of a few. */
export interface StepLoss {
  readonly step: number;
  readonly value: number;
}

/** A moment in a line. */
export interface MomentSummary {
  readonly runId: string;
  readonly step: number;
  /** The newest point of the training curve, which is of a step before this one. */
  readonly trainingLoss?: StepLoss;
  /** Of this step. */
  readonly validationLoss?: number;
  /** Roles that heads have at this moment for the first time; of the first one, none. */
  readonly gained: readonly RoleGained[];
}

/** All that was kept of a moment. */
export interface Moment extends MomentSummary {
  /** What the model wrote last, with what it was given to begin with, and when. */
  readonly sample?: { readonly step: number; readonly text: string };
  /** One window of the text, the same in all moments of a run. */
  readonly tokens: readonly TokenView[];
  /** The attentions in the order of a pass: the path of the pattern, its heads. */
  readonly modules: readonly { readonly path: string; readonly heads: number }[];
  /** Cells a side of each pattern; fewer than there are tokens where these are many. */
  readonly cells: number;
  /** Of each module: 255 is a weight of 1, a cell shows the largest weight. [head × query × key] */
  readonly patterns: readonly Uint8Array[];
  /** Tokens that come next most likely after each position. [position × top] */
  readonly top: number;
  readonly nextIds: Int32Array;
  readonly nextProbabilities: Float32Array;
  /** Every token that occurs in `nextIds`. */
  readonly vocabulary: readonly TokenView[];
  /** Of every head, without what silencing it does. */
  readonly heads: readonly HeadScores[];
}

/** The moments of the run in the engine. */
export interface Moments {
  readonly runId: string;
  /** What is kept, ascending: the first and the last always, fewer between where they are many. */
  readonly kept: readonly MomentSummary[];
  /** Of all moments, kept or not. */
  readonly gained: readonly RoleGained[];
}

export interface MomentRequest {
  /** Of a moment that is kept. */
  readonly step: number;
}
