/**
 * @file Text as the model writes it, token by token, with what it could have written instead.
 */
import type { SamplingConfig } from '../config/sampling';
import type { TokenView } from './attentionMaps';

/** A token that could come next. */
export interface LikelyToken extends TokenView {
  /** What it shows where it stands; of a character that is not complete yet, U+FFFD. */
  readonly text: string;
  /** The model's own, before temperature and filters. */
  readonly probability: number;
}

/** A token that was written. */
export interface WrittenToken extends LikelyToken {
  /**
   * What it adds to the text: nothing where a character of several tokens is not complete yet, all
   * of that character where it is the last of them.
   */
  readonly text: string;
  /** The likeliest tokens at this place, as many as were asked for, the likeliest first. */
  readonly alternatives: readonly LikelyToken[];
}

/** Where the next token is drawn: after a prompt, and after tokens that were written already. */
export interface NextTokenRequest {
  readonly prompt: string;
  /** Ids that follow the prompt: the branch so far. */
  readonly after?: Int32Array;
  readonly sampling: SamplingConfig;
  /** How many of the likeliest tokens are wanted by name. */
  readonly top: number;
}

/** What is done to the distribution on the way from logits to a draw, in this order. */
export const filterStages = ['model', 'temperature', 'top-k', 'top-p'] as const;

export type FilterStage = (typeof filterStages)[number];

/** The distribution of the next token, before and after each filter. */
export interface NextToken {
  readonly runId: string;
  readonly step: number;
  readonly vocabulary: number;
  /** Of a text not yet begun: the token that the model is given instead, where it is text. */
  readonly given?: string;
  /** In the order of `filterStages`. */
  readonly stages: readonly {
    readonly stage: FilterStage;
    /** Tokens that may still be drawn. */
    readonly kept: number;
    /** In nats: ln of the number of equally likely tokens that would be as uncertain. */
    readonly entropy: number;
  }[];
  /** The likeliest tokens of the model, with their probability at each stage: 0 if filtered out. */
  readonly tokens: readonly (TokenView & { readonly probabilities: readonly number[] })[];
}

/** The tokens of a text, as the run's tokenizer cuts it. */
export interface TokenizedText {
  readonly tokens: readonly TokenView[];
}
