/**
 * @file A text as the model is shown it: as many of its last tokens as fit, with their labels. Must
 * not know where the text comes from.
 */
import { PlaygroundError } from '../config/errors';
import type { TokenView } from '../protocol/attentionMaps';
import type { Tokenizer } from '../tokenizers/tokenizer';
import type { Probe } from '../trace/probe';

/** What shows tokens to a reader. */
export type Labels = Pick<Tokenizer, 'labelOf'>;

/** Tokens that the model sees at once. */
export interface ShownText {
  readonly ids: Int32Array;
  readonly tokens: readonly TokenView[];
  /** Tokens before them that did not fit. */
  readonly cropped: number;
}

/**
 * The last `context` of the ids, or all where they are fewer.
 * @throws PlaygroundError where there is none, or one is outside the vocabulary
 */
export function shownText(all: Int32Array, labels: Labels, context: number): ShownText {
  if (all.length === 0) {
    throw new PlaygroundError({
      code: 'text-empty',
      message: 'There is no token to look at: the text is empty.',
      remedy: 'Type at least one character.',
    });
  }
  const ids = all.slice(-context);
  return { ids, tokens: viewsOf(ids, labels), cropped: all.length - ids.length };
}

/** Tokens as a reader sees them. */
export function viewsOf(ids: ArrayLike<number>, labels: Labels): TokenView[] {
  return Array.from(ids, (id) => ({ id, label: labels.labelOf(id) }));
}

/** The tokens that occur among ids, each once, ascending. */
export function vocabularyOf(ids: ArrayLike<number>, labels: Labels): TokenView[] {
  return viewsOf(
    [...new Set(Array.from(ids))].sort((a, b) => a - b),
    labels,
  );
}

/** One row; each token's target is the next one, and nothing is asked of the last. */
export function inputOf(ids: Int32Array): Probe['input'] {
  const targets = new Int32Array(ids.length).fill(-1);
  targets.set(ids.subarray(1));
  return { inputs: ids, targets, batchSize: 1, context: ids.length };
}

/**
 * Mean surprise at the tokens after the first, from that over all places, the last of which has
 * none; nothing for a single token, nor where the model's numbers have broken.
 */
export function lossOfText(mean: number, { ids }: ShownText): { readonly loss?: number } {
  const loss = (mean * ids.length) / (ids.length - 1);
  return Number.isFinite(loss) ? { loss } : {};
}

/** Why nothing can be said of a model whose numbers have grown beyond all bounds. */
export function notFinite(what: string): PlaygroundError {
  return new PlaygroundError({
    code: 'not-finite',
    message: `${what} gives numbers that are not finite.`,
    remedy: 'Scale by less, or go back to a checkpoint from before the loss rose.',
  });
}
