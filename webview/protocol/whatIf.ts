/**
 * @file “What if”: parts of the model silenced, scaled or replaced, and what becomes of loss, next
 * token and text. Changes are data and hold for one request: without them everything is as it was.
 */
import type { LookedText, TokenView } from './attentionMaps';

/** What of the model is changed. */
export type ChangedPart =
  /** The value at a trace point, all of it or at some positions (counted from 0). */
  | { readonly part: 'value'; readonly path: string; readonly positions?: readonly number[] }
  /** A head: what it takes from the values it looks at. `path` is that of its pattern. */
  | {
      readonly part: 'head';
      readonly path: string;
      readonly head: number;
      readonly positions?: readonly number[];
    }
  /** All that a layer adds to the residual stream. */
  | { readonly part: 'layer'; readonly layer: number };

/**
 * `zero` takes a part out; `mean` leaves what it always says, its mean over the tokens so far, or
 * over the whole text where the model sees all of it; `patch` puts in what the same part has in a
 * run over another text of as many tokens.
 */
export type PartChange =
  | { readonly do: 'zero' | 'mean'; readonly at: ChangedPart }
  | { readonly do: 'scale'; readonly by: number; readonly at: ChangedPart }
  | {
      readonly do: 'patch';
      readonly from: LookedText;
      readonly at: Exclude<ChangedPart, { readonly part: 'layer' }>;
    };

export interface WhatIfRequest {
  readonly of: LookedText;
  /** In force together, in this order where they meet. */
  readonly changes: readonly PartChange[];
  /** How the text is continued; `tokens` 0 for not at all, temperature 0 for the likeliest. */
  readonly sample: {
    readonly tokens: number;
    readonly temperature: number;
    readonly seed: number;
  };
}

/** What the model makes of the text. */
export interface WhatIfOutcome {
  /** Mean surprise at the tokens after the first, in nats; absent where there is only one. */
  readonly loss?: number;
  /** Surprise at each token after the first, in nats. */
  readonly surprises: Float32Array;
  /** How the text goes on, at most until the context is full or a document ends. */
  readonly sample: { readonly tokens: readonly TokenView[]; readonly text: string };
}

/** A token that may come next, and how likely it is without the changes and with them. */
export interface NextToken {
  readonly token: TokenView;
  readonly before: number;
  readonly after: number;
}

export interface WhatIfResult {
  readonly runId: string;
  readonly step: number;
  readonly tokens: readonly TokenView[];
  /** Tokens of the text that are not shown, since the model sees no more at once. */
  readonly cropped: number;
  readonly before: WhatIfOutcome;
  readonly after: WhatIfOutcome;
  /** The ten likeliest of before and of after, the likeliest of either first. */
  readonly next: readonly NextToken[];
}
