/**
 * @file What the engine serves: the worker to its page, and the page, which passes it on, to the
 * host. Tensors never cross; what leaves the engine is reduced to numbers, texts and bytes.
 */
import type { BackendChoice, BackendReport } from '../config/backend';
import type { Failure } from '../config/errors';
import type { RunConfig } from '../config/run';
import type { SamplingConfig } from '../config/sampling';
import type { MetricPoint, Sample } from '../formats/metrics';
import type { Contract } from './contract';
import type { InspectionApi } from './inspectionApi';
import type { NextToken, NextTokenRequest, TokenizedText, WrittenToken } from './writing';

/** Bump when a message changes its meaning; a mismatch is refused in the handshake. */
export const protocolVersion = 1;

/** A run to start, or to continue from a checkpoint. */
export interface StartRun {
  readonly runId: string;
  readonly config: RunConfig;
  /** The user's text, UTF-8; absent for the built-in stories. */
  readonly text?: { readonly name: string; readonly bytes: ArrayBuffer };
  readonly backend: BackendChoice;
  /** The checkpoint file to continue from. */
  readonly checkpoint?: ArrayBuffer;
  /**
   * What the checkpoint's run recorded of its backend; a different one continues the curve, but not
   * bit for bit.
   */
  readonly recordedBackend?: BackendReport;
  /** What earlier snapshots have of its moments, in the order in which they were taken. */
  readonly moments?: readonly ArrayBuffer[];
  /** Stay paused after loading. */
  readonly paused?: boolean;
}

/** What is known of a run once it is loaded. Cross-entropies are in nats per token. */
export interface RunFacts {
  readonly runId: string;
  readonly name: string;
  readonly config: RunConfig;
  /** Of the user's text that the run learns from; absent for the built-in stories. */
  readonly textName?: string;
  readonly step: number;
  readonly parameters: number;
  readonly vocabulary: number;
  readonly trainTokens: number;
  readonly validationTokens: number;
  /**
   * Characters a token stands for on average in this text; turns nats per token into bits per
   * character.
   */
  readonly charactersPerToken: number;
  readonly baselines: {
    /** ln V: every token equally likely. */
    readonly uniform: number;
    /** Witten-Bell, counted on the training part, measured on the validation part. */
    readonly bigram?: number;
    readonly trigram?: number;
    /** The true entropy of the text, where its grammar is known. */
    readonly floor?: number;
  };
  readonly backend: BackendReport;
  /**
   * What the user should know: a reduced vocabulary, no validation part, a curve continued on
   * another backend.
   */
  readonly notices: readonly Notice[];
}

/** A sentence for the page, with its urgency. */
export interface Notice {
  readonly code: string;
  readonly severity: 'information' | 'warning';
  readonly message: string;
}

/** The code of the notice that a snapshot could not be stored: it holds until one is. */
export const snapshotNotStored = 'snapshot-not-stored';

/**
 * The engine's one state machine: idle → loading → training ⇄ paused → idle; failed carries reason
 * and remedy.
 */
export type EngineState =
  | { readonly phase: 'idle'; readonly last?: LastRun }
  | {
      readonly phase: 'loading';
      readonly runId: string;
      readonly activity: string;
      /** 0 … 1, where it can be told. */
      readonly progress?: number;
    }
  | {
      readonly phase: 'training' | 'paused';
      readonly runId: string;
      readonly step: number;
      readonly steps: number;
    }
  | {
      readonly phase: 'failed';
      readonly runId?: string;
      readonly step?: number;
      readonly failure: Failure;
    };

/** The run that was in the engine last. */
export interface LastRun {
  readonly runId: string;
  readonly step: number;
  readonly steps: number;
  readonly outcome: 'finished' | 'stopped';
  /** Its model went with the graphics device; otherwise one can generate from it. */
  readonly unloaded?: true;
}

export type SnapshotReason = 'interval' | 'pause' | 'hide' | 'stop' | 'finish' | 'request';

/** All that is needed to continue a run later, and what was measured since the last snapshot. */
export interface Snapshot {
  readonly runId: string;
  readonly step: number;
  readonly reason: SnapshotReason;
  /** A checkpoint file (safetensors). */
  readonly checkpoint: ArrayBuffer;
  /**
   * Of the last evaluation, in nats per token: of these weights, or of those a few steps before
   * them. Absent before the first.
   */
  readonly validationLoss?: number;
  readonly metrics: readonly MetricPoint[];
  readonly samples: readonly Sample[];
  /** The moments seen since the last snapshot, if there are any: see `momentPart.ts`. */
  readonly moments?: ArrayBuffer;
}

export interface GenerateParams {
  /** Chosen by the caller; `generated` events carry it. */
  readonly id: string;
  readonly prompt: string;
  /**
   * Ids that follow the prompt: a branch goes on after them. The draws go on as well, so that what
   * was written after them is written again.
   */
  readonly after?: Int32Array;
  /** How many of the likeliest tokens are told at each place; none without it. */
  readonly alternatives?: number;
  readonly sampling: SamplingConfig;
}

export interface GenerateResult {
  readonly text: string;
  readonly tokens: number;
  readonly tokensPerSecond: number;
  readonly ended: 'length' | 'end-of-text' | 'cancelled';
  /** Step of the weights that wrote the text, all of it: training may be further by now. */
  readonly step: number;
  /** Whether keys and values were kept: only a model with a causal mask can. */
  readonly cached: boolean;
}

/** A sample with the tokens that the model wrote: its text alone may be cut into others. */
export interface ToldSample {
  readonly sample: Sample;
  readonly ids: Int32Array;
}

/** A piece of streamed text. */
export interface Generated {
  readonly id: string;
  /**
   * Of the first piece: what the text goes on from. For an empty prompt that is what the user's
   * text begins with, which the model is given.
   */
  readonly begins?: Required<Pick<GenerateParams, 'prompt' | 'after'>>;
  /**
   * So many tokens before the piece are the beginning of its first character, which has their text:
   * what stood for them is to go.
   */
  readonly reopens?: number;
  readonly text: string;
  /** The tokens of the piece: their texts, joined, are its text. */
  readonly tokens: readonly WrittenToken[];
}

export interface EngineDiagnostics {
  readonly versions: Readonly<Record<string, string>>;
  readonly userAgent: string;
  readonly backend?: BackendReport;
  readonly limits: Readonly<Record<string, number>>;
  readonly memory?: { readonly tensors: number; readonly bytes: number };
  readonly state: EngineState;
  readonly errors: readonly Failure[];
}

export interface EngineApi extends Contract {
  requests: InspectionApi['requests'] & {
    start: { params: StartRun; result: RunFacts };
    pause: { params: null; result: EngineState };
    resume: { params: null; result: EngineState };
    /** One step while paused. */
    step: { params: null; result: EngineState };
    /** Ends the run and keeps its last snapshot; the model stays loaded. */
    stop: { params: null; result: EngineState };
    snapshot: { params: { reason: SnapshotReason }; result: Snapshot };
    generate: { params: GenerateParams; result: GenerateResult };
    /** The distribution that the next token is drawn from. */
    nextToken: { params: NextTokenRequest; result: NextToken };
    tokenize: { params: { readonly text: string }; result: TokenizedText };
    diagnostics: { params: null; result: EngineDiagnostics };
  };
  events: InspectionApi['events'] & {
    state: EngineState;
    facts: RunFacts;
    metrics: readonly MetricPoint[];
    sample: ToldSample;
    generated: Generated;
    notice: Notice;
  };
}

/** What the page serves its worker. */
export interface PageForEngineApi extends Contract {
  requests: {
    /** Resolves when the host has written it. */
    storeSnapshot: { params: Snapshot; result: null };
    /** A file of `dist` by its published name: `.wasm` or tokenizer ranks. */
    asset: { params: { name: string }; result: ArrayBuffer };
  };
  events: {
    /** Hidden pages draw nothing; the engine reports less often and snapshots at once. */
    visibility: { readonly visible: boolean };
  };
}
