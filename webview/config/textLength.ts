/** @file How long a text must be to be trained on. Knows no tokenizer. */
import { formatCount, formatTokens } from './counts';
import type { Failure } from './errors';

/** Tokens of a text that train where it is one document: the first nine tenths, as in nanoGPT. */
export function trainingTokens(tokens: number): number {
  return Math.floor((tokens * 9) / 10);
}

/**
 * Why a text of `tokens`, `training` of them for training, is too short; undefined if it is not. A
 * window is `context` inputs and the token after them.
 */
export function tooShort(tokens: number, training: number, context: number): Failure | undefined {
  const window = context + 1;
  if (training >= window) return undefined;
  return {
    code: 'text-too-short',
    message:
      `The text has ${formatTokens(tokens)}, ${formatCount(training)} of ` +
      `${tokens === 1 ? 'it' : 'them'} for training, but a context of ${context} needs ${window}.`,
    remedy:
      training > 2
        ? `Choose a context of at most ${training - 1}, or a longer text.`
        : 'Choose a longer text.',
  };
}
