/**
 * @file What can be asked of the model in the engine by those who look into it: descriptions,
 * statistics, attention. Looking never changes the run. Everything is reduced in the engine, and
 * places are named by trace paths, so that a further module or family needs no message of its own.
 */
import type { Statistics } from '../config/statistics';
import type {
  AttentionMaps,
  AttentionRequest,
  FollowedToken,
  FollowRequest,
  HeadRolesFound,
  HeadRolesRequest,
} from './attentionMaps';
import type { Circuit, CircuitRequest } from './circuit';
import type { Contract } from './contract';
import type { LogitLens, LogitLensRequest } from './logitLens';
import type { Moment, MomentRequest, Moments, MomentSummary } from './moments';
import type { WhatIfRequest, WhatIfResult } from './whatIf';

/** A trace point in one training step. */
export interface PointDescription {
  /** `decoder.1.selfAttention.pattern` */
  readonly path: string;
  /** Names of the axes, outermost first, and their sizes. */
  readonly axes: readonly string[];
  readonly shape: readonly number[];
  /**
   * What it takes to come here from the values marked before: multiplications and additions
   * forward, bytes of every result on the way, learned numbers read.
   */
  readonly flops: number;
  readonly bytes: number;
  readonly parameters: number;
}

/** The trace points of a run's model, in the order in which a pass comes by. */
export interface ModelDescription {
  readonly runId: string;
  readonly points: readonly PointDescription[];
}

/** What is to be looked at again and again while the model trains. */
export interface Watch {
  /** Paths whose statistics are wanted; none: nothing is looked at. */
  readonly points: readonly string[];
}

/** What was seen at a trace point; its gradient is of the mean loss, and looked at more seldom. */
export interface PointLook {
  readonly path: string;
  readonly value: Statistics;
  readonly gradient?: Statistics;
}

/** One look at the model: a pass over a few fixed windows, with the weights of a step. */
export interface Look {
  readonly runId: string;
  /** Steps that the weights have learned. */
  readonly step: number;
  readonly points: readonly PointLook[];
}

/** Looking: part of the engine's API. */
export interface InspectionApi extends Contract {
  requests: {
    /** Of the run in the engine. */
    describe: { params: null; result: ModelDescription };
    /** Replaces what was watched; `looked` events follow, the first at once. */
    watch: { params: Watch; result: null };
    attention: { params: AttentionRequest; result: AttentionMaps };
    headRoles: { params: HeadRolesRequest; result: HeadRolesFound };
    follow: { params: FollowRequest; result: FollowedToken };
    /** The changes hold for this request alone. */
    whatIf: { params: WhatIfRequest; result: WhatIfResult };
    logitLens: { params: LogitLensRequest; result: LogitLens };
    circuit: { params: CircuitRequest; result: Circuit };
    /** What was kept of the run; a `moment` event follows with each evaluation. */
    moments: { params: null; result: Moments };
    moment: { params: MomentRequest; result: Moment };
  };
  events: {
    looked: Look;
    moment: MomentSummary;
  };
}
