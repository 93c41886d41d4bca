/**
 * @file Whether a model can read what a probe feeds it: what it may not is refused with its
 * numbers. Knows no tensors.
 */
import { PlaygroundError } from '../config/errors';
import type { ModelShape } from '../config/model';
import type { GradientOf, Probe } from '../trace/probe';

/**
 * Throws a `PlaygroundError` where the text does not fit the model, or its logit to be
 * differentiated does not exist.
 */
export function checkProbe({ input, gradientOf = 'loss' }: Probe, config: ModelShape): void {
  checkInput(input, config);
  if (gradientOf !== 'loss') checkLogit(gradientOf, input.context, config.vocabulary);
}

function checkInput(
  { inputs, targets, batchSize, context }: Probe['input'],
  { context: longest, vocabulary }: ModelShape,
): void {
  if (!Number.isInteger(context) || context < 1 || context > longest) {
    throw new PlaygroundError({
      code: 'text-does-not-fit',
      message: `A text of ${context} tokens does not fit: this model sees 1 to ${longest} at once.`,
      remedy: `Choose a text of at most ${longest} tokens, or part of it.`,
    });
  }
  const places = batchSize * context;
  if (places === 0 || inputs.length !== places || targets.length !== places) {
    throw new PlaygroundError({
      code: 'text-does-not-fit',
      message: `${batchSize} rows of ${context} tokens need ${places} inputs and targets each; there are ${inputs.length} and ${targets.length}.`,
      remedy: 'Give at least one row, and a token and the one after it for each place.',
    });
  }
  // Where a target is negative, nothing is learned; a negative input is no token.
  const unknown =
    inputs.find((id) => id < 0 || id >= vocabulary) ?? targets.find((id) => id >= vocabulary);
  if (unknown !== undefined) {
    throw new PlaygroundError({
      code: 'unknown-token',
      message: `There is no token ${unknown}; the model knows ${vocabulary}.`,
      remedy: `Choose tokens from 0 to ${vocabulary - 1}: encode the text with the tokenizer of this run.`,
    });
  }
}

function checkLogit(
  { position, token, minus = token }: Exclude<GradientOf, 'loss'>,
  positions: number,
  tokens: number,
): void {
  checkIndex('position', position, positions);
  checkIndex('token', token, tokens);
  checkIndex('token', minus, tokens);
}

function checkIndex(axis: string, index: number, size: number): void {
  if (Number.isInteger(index) && index >= 0 && index < size) return;
  throw new PlaygroundError({
    code: 'index-out-of-range',
    message: `There is no ${axis} ${index} whose logit could be differentiated; there are ${size}.`,
    remedy: `Choose one from 0 to ${size - 1}.`,
  });
}
