/**
 * @file Attention as it leaves the engine: maps of a text, what each head does, one token followed
 * through a head. Places are named by trace paths, so that a further family needs nothing here.
 */
import type { ModelConfig } from '../config/model';

/**
 * A text as a model wrote it, up to a token of it. What is looked at is what the model saw at that
 * token: for an empty prompt from the token where texts start, and without what had left its window
 * by then.
 */
export interface ModelText {
  readonly from: 'model';
  readonly prompt: string;
  /** Ids that follow the prompt. */
  readonly after: Int32Array;
}

/** The text whose tokens are looked at; the last of them where it is longer than the context. */
export type LookedText =
  | ModelText
  | { readonly from: 'text'; readonly text: string }
  | { readonly from: 'tokens'; readonly ids: Int32Array }
  /** A window of the batch of the coming step. */
  | { readonly from: 'batch'; readonly row: number };

/** A token as a reader sees it. */
export interface TokenView {
  readonly id: number;
  /** With white space visible, and bytes that are no character as `\xE2`. */
  readonly label: string;
}

/** One head, or what those of a layer come to together: cell by cell. */
export type HeadChoice = number | 'mean' | 'max';

export interface AttentionRequest {
  readonly of: LookedText;
  /** Cells a side of the thumbnail of each head, at most; 0 for none. */
  readonly thumbnail: number;
  /** Patterns wanted whole: the path of a pattern, and which of its heads. */
  readonly heads: readonly { readonly path: string; readonly head: HeadChoice }[];
  /** Only as often as looking may cost: for who follows a run. */
  readonly live: boolean;
}

/** The attention of a model over a text. */
export interface AttentionMaps {
  readonly runId: string;
  readonly step: number;
  readonly tokens: readonly TokenView[];
  /** Tokens of the text that are not shown, since the model sees no more at once. */
  readonly cropped: number;
  /** Mean surprise at the tokens after the first, in nats; absent where there is only one. */
  readonly loss?: number;
  /** The model's attentions in the order of a pass: the path of the pattern, its heads. */
  readonly modules: readonly { readonly path: string; readonly heads: number }[];
  /** Cells a side of each thumbnail. */
  readonly thumbnail: number;
  /**
   * [module, head × query × key]: 255 is a weight of 1. A cell shows the largest weight of those it
   * stands for, so that no thin line is lost.
   */
  readonly thumbnails: readonly Uint8Array[];
  /** [query × key] of each head that was wanted, in the order in which they were. */
  readonly patterns: readonly Float32Array[];
}

/** What a head can be found to do. */
export const namedRoles = [
  'previous-token',
  'first-token',
  'same-token',
  'induction',
  'uniform',
] as const;

export type NamedRole = (typeof namedRoles)[number];

/** `mixed` is none of them clearly. */
export const headRoles = [...namedRoles, 'mixed'] as const;

export type HeadRole = (typeof headRoles)[number];

/** How much of each role there is in a pattern: 0 … 1. */
export type RoleScores = Readonly<Record<NamedRole, number>>;

/** How much a head does what each role says, on the diagnostic batch. */
export interface HeadScores {
  /** Of the pattern. */
  readonly path: string;
  readonly head: number;
  readonly role: HeadRole;
  readonly scores: RoleScores;
  /** Change of the loss on the run's own text when the head is silenced, in nats. */
  readonly silenced?: number;
}

export interface HeadRolesRequest {
  /** Also silence each head, which takes a pass for each. */
  readonly silence: boolean;
  readonly live: boolean;
}

export interface HeadRolesFound {
  readonly runId: string;
  readonly step: number;
  /** Random tokens that were repeated, to see who finds them again. */
  readonly period: number;
  /** What attention spread evenly would score: a role has to stand out from it. */
  readonly even: RoleScores;
  readonly heads: readonly HeadScores[];
}

/** A token that is followed through one head. */
export interface FollowRequest {
  readonly of: LookedText;
  /** Of the pattern. */
  readonly path: string;
  readonly head: number;
  /** Which token asks, counted from 0. */
  readonly query: number;
}

/** A query and the keys that it meets. */
export interface AskedKeys {
  /** [dHead] */
  readonly query: Float32Array;
  /** [key × dHead] */
  readonly keys: Float32Array;
  /**
   * query · key of each token; divided by √dHead; with −∞ where the query may not look. [key]
   */
  readonly products: Float32Array;
  readonly scores: Float32Array;
  readonly masked: Float32Array;
}

/** The switches of a model that change what one head does for one token. */
export type FollowedConfig = Pick<ModelConfig, 'mask' | 'bias' | 'residual'>;

/** What one token does in one head, number by number. */
export interface FollowedToken {
  readonly runId: string;
  readonly step: number;
  readonly tokens: readonly TokenView[];
  readonly dHead: number;
  /** What of the model its formulas depend on. */
  readonly config: FollowedConfig;
  /** How the weights come about; absent where attention is uniform and nothing is asked. */
  readonly asked?: AskedKeys;
  /** [key], in sum 1. */
  readonly pattern: Float32Array;
  /** [key × dHead] */
  readonly values: Float32Array;
  /** Σ pattern · value. [dHead] */
  readonly weighted: Float32Array;
  /** What this head adds to the output: weighted · W_O, without the bias. [dModel] */
  readonly written: Float32Array;
  /** What all heads add together, and the bias with them: the module's output. [dModel] */
  readonly output: Float32Array;
}
